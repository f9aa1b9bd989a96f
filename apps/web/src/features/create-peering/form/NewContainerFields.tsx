import {
  findContainerInPlace,
  listContainerPrefixes,
  type NewContainerSuggestion,
} from "@peering-desk/peering-rules"
import {
  readContainerRegion,
  readRegionName,
  regionsOfCloud,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useFormState, useWatch } from "react-hook-form"
import { FormTextField } from "#forms/FormTextField.tsx"
import { FreeBlockPicker } from "#shared/free-block/FreeBlockPicker.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { splitRegions, type FieldName } from "#features/create-peering/draft/form-values.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-field-notes.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
import { GcpRegions } from "./GcpRegions.tsx"
import { Rewritten } from "./Rewritten.tsx"
import styles from "./form.module.css"

const cidrHints: Record<ProviderName, string> = {
  AWS: "/21–/24, private, e.g. 10.8.0.0/21",
  AZURE: "/21–/24, private, e.g. 10.8.0.0/21",
  GCP: "/18 or larger for every region, /21–/24 for some",
}

const regionWords = {
  AWS: { hint: "e.g. US_EAST_1", why: "Same as your VPC. Can't be changed later." },
  AZURE: { hint: "e.g. US_EAST_2", why: "Can't be changed later." },
}

/** The region and CIDR of a container that Atlas creates together with the peering: suggested values, or fields to type others. */
export function NewContainerFields({
  containers,
  suggested,
}: {
  containers: readonly Container[]
  suggested: NewContainerSuggestion | null
}) {
  const { form, providerName, sending, prefill, normaliser } = useCloudFormContext()
  const chosen = prefill.chosenFields
  const { projectId } = useCreatePage().owner
  const notes = useFieldNotes()
  const { control } = form
  const [atlasCidrBlock, region, routeTableCidrBlock] = useWatch({
    control,
    name: ["atlasCidrBlock", "region", "routeTableCidrBlock"],
  })
  const { errors } = useFormState({ control, name: ["atlasCidrBlock", "region"] })
  const [changed, setChanged] = useState<FieldName | null>(null)
  const twin = findContainerInPlace(containers, providerName, readRegionName(providerName, region))
  const fill = (name: FieldName, value: string) => {
    if (sending) return
    chosen.claim(name)
    form.setValue(name, value)
    form.clearErrors(name)
  }
  /** Tells if the value is the suggested one, which is shown as text. */
  const isSuggested = (name: "atlasCidrBlock" | "region", value: string) =>
    value !== "" &&
    value === suggested?.[name] &&
    !chosen.has(name) &&
    errors[name] === undefined &&
    changed !== name

  useEffect(() => {
    if (changed !== null) form.setFocus(changed)
  }, [form, changed])

  return (
    <div className={`stack ${styles.newContainer}`}>
      {providerName === "GCP" ? (
        <GcpRegions
          value={region}
          block={atlasCidrBlock}
          error={errors.region?.message}
          onChange={(next) => fill("region", next)}
        />
      ) : isSuggested("region", region) ? (
        <SuggestedRow
          label="Region"
          value={region}
          why={regionWords[providerName].why}
          changeLabel="Change Atlas region"
          onChange={() => setChanged("region")}
        />
      ) : (
        <FormTextField
          form={form}
          name="region"
          label="Atlas region"
          hint={regionWords[providerName].hint}
          mono
          suggestions={regionsOfCloud[providerName]}
          note={notes["region"]}
          onLeave={() => normaliser.normalise("region")}
          below={<Rewritten name="region" />}
        />
      )}
      {isSuggested("atlasCidrBlock", atlasCidrBlock) ? (
        <SuggestedRow
          label="CIDR"
          value={atlasCidrBlock}
          why={`Next free ${atlasCidrBlock.slice(atlasCidrBlock.indexOf("/"))} in the projects you can see. Locks with the first connection.`}
          changeLabel="Change Atlas CIDR"
          onChange={() => setChanged("atlasCidrBlock")}
        />
      ) : (
        <div>
          <FormTextField
            form={form}
            name="atlasCidrBlock"
            label="Atlas CIDR"
            hint={cidrHints[providerName]}
            mono
            note={notes["atlasCidrBlock"]}
            onLeave={() => normaliser.normalise("atlasCidrBlock")}
            below={<Rewritten name="atlasCidrBlock" />}
          />
          <FreeBlockPicker
            projectId={projectId}
            sizes={listSizes(providerName, region)}
            avoid={routeTableCidrBlock}
            onUse={(cidr) => fill("atlasCidrBlock", cidr)}
          />
        </div>
      )}
      {twin !== null && (
        <Notice
          tone="you"
          title={`${readContainerRegion(twin) ?? "The project"} has a container already: ${twin.atlasCidrBlock ?? twin.id}`}
          actions={
            <Button size="small" aria-disabled={sending} onClick={() => fill("containerId", twin.id)}>
              Use this container
            </Button>
          }
        >
          <p>Atlas allows one container per {providerName === "GCP" ? "project" : "region"}.</p>
        </Notice>
      )}
    </div>
  )
}

/** Lists the prefix lengths on offer. Without chosen regions on Google Cloud, those of both kinds of container. */
function listSizes(providerName: ProviderName, region: string): number[] {
  const count = providerName === "GCP" ? splitRegions(region).length : 0
  const sizes = listContainerPrefixes(providerName, count)
  return providerName === "GCP" && count === 0 ? [...sizes, ...listContainerPrefixes("GCP", 1)] : sizes
}

/** A suggested value as text, with its reason and a button to type another one. */
function SuggestedRow({
  label,
  value,
  why,
  changeLabel,
  onChange,
}: {
  label: string
  value: string
  why: string
  /** Names the button for assistive technology; begins with "Change". */
  changeLabel: string
  onChange: () => void
}) {
  return (
    <div className={`grid first-lines line-above gap-4 gap-x-8 ${styles.suggestedRow}`}>
      <span className={styles.quiet}>{label}</span>
      <span>
        <strong className="mono">{value}</strong> <span className={styles.quiet}>{why}</span>
      </span>
      <Button size="small" kind="quiet" aria-label={changeLabel} onClick={onChange}>
        Change
      </Button>
    </div>
  )
}
