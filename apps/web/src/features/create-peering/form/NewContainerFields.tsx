import { countRegionRoom, findContainerInPlace, listContainerPrefixes } from "@peering-desk/peering-rules"
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
import { FreeBlockPicker } from "#shared/FreeBlockPicker.tsx"
import { RegionCheckboxes } from "#shared/RegionCheckboxes.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { splitRegions, type FieldName, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-verdict.ts"
import styles from "./form.module.css"

const oneRegion = {
  hint: "/21 to /24, in a private range; its own network address",
  once: "Atlas keeps one container for each region of a project",
}

const clouds = {
  AWS: oneRegion,
  AZURE: oneRegion,
  GCP: {
    hint: "Every region: /18 or larger. Some regions: /21 for 8, /22 for 4, /23 for 2, /24 for 1",
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
  const { projectId } = useCreatePage().owner
  const notes = useFieldNotes()
  const {
    containerId,
    atlasCidrBlock = "",
    region = "",
    routeTableCidrBlock,
  } = useWatch({
    control: form.control,
  })
  if (containerId !== newContainerMark) return null
  const twin = findContainerInPlace(containers, providerName, readRegionName(providerName, region))
  const { once } = clouds[providerName]
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
      <FreeBlockPicker
        projectId={projectId}
        sizes={listSizes(providerName, region)}
        avoid={routeTableCidrBlock}
        onUse={(cidr) => fill("atlasCidrBlock", cidr)}
      />
      {providerName === "GCP" && (
        <GcpRegions
          value={region}
          block={atlasCidrBlock}
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

/** Lists the prefix lengths on offer. Without chosen regions on Google Cloud, those of both kinds of container. */
function listSizes(providerName: ProviderName, region: string): number[] {
  const count = providerName === "GCP" ? splitRegions(region).length : 0
  const sizes = listContainerPrefixes(providerName, count)
  return providerName === "GCP" && count === 0 ? [...sizes, ...listContainerPrefixes("GCP", 1)] : sizes
}

/** The regions that a container on Google Cloud is restricted to. An empty choice means every region. */
function GcpRegions({
  value,
  block,
  error,
  onChange,
}: {
  /** Comma-separated. */
  value: string
  block: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const chosen = splitRegions(value)
  const room = countRegionRoom(block.trim())
  const says =
    chosen.length === 0 ? "every region" : chosen.length === 1 ? "one region" : `${chosen.length} regions`
  return (
    <details className={styles.regions} open={error !== undefined || undefined}>
      <summary>
        Regions: {says}
        {room !== null && ` (the block has room for ${room})`}
      </summary>
      <p className={styles.regionHint}>Choose none for a container that serves every region.</p>
      <RegionCheckboxes
        legend={<span className="visually-hidden">Regions</span>}
        chosen={chosen}
        error={error}
        onChange={(next) => onChange(next.join(","))}
      />
    </details>
  )
}
