import { findContainerInPlace } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  readContainerRegion,
  readRegionName,
  regionsOfCloud,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { FormFields, type TextFieldRow } from "#forms/FormFields.tsx"
import { toRegionRoom } from "#shared/region-room.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import type { FieldName, FormValues } from "#features/create-peering/draft/form-values.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-verdict.ts"
import { FreeBlock } from "./FreeBlock.tsx"
import { RegionPicker } from "./RegionPicker.tsx"
import styles from "./form.module.css"

const oneRegion = {
  hint: "/21 to /24, in a private range; its own network address",
  prefixes: [21, 22, 23, 24],
  once: "Atlas keeps one container for each region of a project",
}

/** The rules of each cloud. `prefixes` on Google Cloud: first those for every region, then those for some. */
const clouds = {
  AWS: oneRegion,
  AZURE: oneRegion,
  GCP: {
    hint: "Every region: /18 or larger. Some regions: /21 for 8, /22 for 4, /23 for 2, /24 for 1",
    prefixes: [18, 17, 16, 21, 22, 23, 24],
    once: "Atlas keeps one container on Google Cloud for each project",
  },
}

function toRows(providerName: ProviderName): TextFieldRow<FormValues>[] {
  const block = {
    name: "atlasCidrBlock",
    label: "Atlas CIDR",
    hint: clouds[providerName].hint,
  } as const
  if (providerName === "GCP") return [block]
  return [
    block,
    {
      name: "region",
      label: "Atlas region",
      hint: "By Atlas's own name; pick one or type it",
      suggestions: regionsOfCloud[providerName],
    },
  ]
}

/** The fields of a container that Atlas creates together with the peering. */
export function NewContainerFields({
  form,
  providerName,
  containers,
  readOnly,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
  containers: readonly Container[]
  readOnly: boolean
}) {
  const notes = useFieldNotes()
  const { containerId, atlasCidrBlock, region, routeTableCidrBlock } = useWatch({ control: form.control })
  if (containerId !== newContainerMark) return null
  const twin = findContainerInPlace(containers, providerName, readRegionName(providerName, region ?? ""))
  const { prefixes, once } = clouds[providerName]
  const fill = (name: FieldName, value: string) => {
    if (readOnly) return
    form.setValue(name, value)
    form.clearErrors(name)
  }

  return (
    <fieldset className={styles.newContainer}>
      <legend>The new container</legend>
      <div className={styles.fields}>
        <FormFields form={form} rows={toRows(providerName)} notes={notes} readOnly={readOnly} />
      </div>
      <FreeBlock
        own={routeTableCidrBlock ?? ""}
        sizes={prefixes}
        onUse={(cidr) => fill("atlasCidrBlock", cidr)}
      />
      {providerName === "GCP" && (
        <RegionPicker
          value={region ?? ""}
          room={toRegionRoom(atlasCidrBlock ?? "")}
          error={form.getFieldState("region", form.formState).error?.message}
          onChange={(next) => fill("region", next)}
        />
      )}
      {twin !== null && (
        <Notice
          tone="you"
          title={`${readContainerRegion(twin) ?? "The project"} has its container already: ${twin.atlasCidrBlock ?? twin.id}`}
          actions={
            <Button size="small" aria-disabled={readOnly} onClick={() => fill("containerId", twin.id)}>
              Reuse it
            </Button>
          }
        >
          <p>{once}, so a second one is refused and the block that is typed here comes to nothing.</p>
        </Notice>
      )}
      <p className={styles.oneWay}>
        {once}. Once something uses it, neither its block nor its region can be changed.
      </p>
    </fieldset>
  )
}
