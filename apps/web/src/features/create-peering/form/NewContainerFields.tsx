import { findContainerInPlace } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  readContainerRegion,
  readRegionName,
  regionsOfCloud,
  type Container,
} from "@peering-desk/shared-schemas"
import { lazy, Suspense, useState } from "react"
import { useWatch, type Path, type PathValue, type UseFormReturn } from "react-hook-form"
import { toRegionRoom } from "#shared/region-room.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ConnectionField } from "./ConnectionField.tsx"
import type { ConnectionValues } from "./connection-values.ts"
import { RegionPicker } from "./RegionPicker.tsx"
import styles from "#features/create-peering/create-peering.module.css"

const sizes = {
  AWS: "/21 to /24, in a private range; its own network address",
  AZURE: "/21 to /24, in a private range; its own network address",
  GCP: "Every region: /18 or larger. Some regions: /21 for 8, /22 for 4, /23 for 2, /24 for 1",
} as const

const once = {
  AWS: "Atlas keeps one container for each region of a project",
  AZURE: "Atlas keeps one container for each region of a project",
  GCP: "Atlas keeps one container on Google Cloud for each project",
} as const

const FreeBlock = lazy(async () => ({ default: (await import("./FreeBlock.tsx")).FreeBlock }))

/** Lengths of prefix; on Google Cloud the first are for every region and the rest for some. */
const prefixes = {
  AWS: [21, 22, 23, 24],
  AZURE: [21, 22, 23, 24],
  GCP: [18, 17, 16, 21, 22, 23, 24],
} as const

/** What a container that is to be made is like. */
export function NewContainerFields<Values extends ConnectionValues>({
  form,
  projectId,
  providerName,
  containers,
  readOnly,
}: {
  projectId: string
  form: UseFormReturn<Values>
  providerName: Values["providerName"]
  containers: readonly Container[]
  readOnly: boolean
}) {
  const [isFinding, setIsFinding] = useState(false)
  const at = (name: keyof ConnectionValues) => name as Path<Values>
  const { containerId, atlasCidrBlock, region, ...others } = useWatch({ control: form.control }) as Values
  if (containerId !== newContainerMark) return null
  const twin = findContainerInPlace(containers, providerName, readRegionName(providerName, region))
  const fill = (name: keyof ConnectionValues, value: string) => {
    form.setValue(at(name), value as PathValue<Values, Path<Values>>)
    form.clearErrors(at(name))
  }

  return (
    <fieldset className={styles.newContainer}>
      <legend>The new container</legend>
      <div className={styles.fields}>
        <ConnectionField
          form={form}
          name={at("atlasCidrBlock")}
          label="Atlas CIDR"
          hint={sizes[providerName]}
          mono
          readOnly={readOnly}
        />
        {providerName !== "GCP" && (
          <ConnectionField
            form={form}
            name={at("region")}
            label="Atlas region"
            hint="By Atlas's own name; pick one or type it"
            suggestions={regionsOfCloud[providerName]}
            mono
            readOnly={readOnly}
          />
        )}
      </div>
      <details onToggle={({ currentTarget }) => setIsFinding(currentTarget.open)}>
        <summary>Find a free block</summary>
        <Suspense>
          {isFinding && (
            <FreeBlock
              projectId={projectId}
              own={"routeTableCidrBlock" in others ? String(others.routeTableCidrBlock) : ""}
              sizes={prefixes[providerName]}
              onUse={(cidr) => !readOnly && fill("atlasCidrBlock", cidr)}
            />
          )}
        </Suspense>
      </details>
      {providerName === "GCP" && (
        <RegionPicker
          value={region}
          room={toRegionRoom(atlasCidrBlock)}
          readOnly={readOnly}
          error={form.getFieldState(at("region"), form.formState).error?.message}
          onChange={(next) => fill("region", next)}
        />
      )}
      {twin !== null && (
        <Notice
          tone="you"
          title={`${readContainerRegion(twin) ?? "The project"} has its container already: ${twin.atlasCidrBlock ?? twin.id}`}
          actions={
            <Button
              size="small"
              aria-disabled={readOnly}
              onClick={() => !readOnly && fill("containerId", twin.id)}
            >
              Reuse it
            </Button>
          }
        >
          <p>
            {once[providerName]}, so a second one is refused and the block that is typed here comes to
            nothing.
          </p>
        </Notice>
      )}
      <p className={styles.oneWay}>
        {once[providerName]}. Once something uses it, neither its block nor its region can be changed.
      </p>
    </fieldset>
  )
}
