import {
  readContainerRegion,
  toAwsRegionId,
  type Container,
  type FormField,
  type NetworkFacts,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { memo, useRef } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { FormFields } from "#forms/FormFields.tsx"
import { listNetworkFields, toNetworkRows } from "#features/create-peering/draft/cloud-fields.ts"
import type { FieldName, FormValues } from "#features/create-peering/draft/form-values.ts"
import { FieldHelp } from "#features/create-peering/help/FieldHelp.tsx"
import { SampleValues } from "#features/create-peering/prefill/SampleValues.tsx"
import type { Rewrite } from "#features/create-peering/prefill/use-normalise.ts"
import type { ChosenFields } from "#features/create-peering/prefill/use-prefill.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-verdict.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { AzurePermission } from "./AzurePermission.tsx"
import { AtlasSideLead, ContainerChoice } from "./ContainerChoice.tsx"
import { FormSection } from "./FormSection.tsx"
import { NetworkPlace } from "./NetworkPlace.tsx"
import styles from "./form.module.css"

/** The fields of one cloud: those of the network, the Atlas side and Azure's role. */
export const CloudFields = memo(function CloudFields({
  form,
  providerName,
  readOnly,
  chosen,
  rewrites,
  normalise,
  onUndoRewrite,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
  readOnly: boolean
  chosen: ChosenFields
  rewrites: Partial<Record<FieldName, Rewrite>>
  normalise: (name: FieldName) => Promise<void>
  onUndoRewrite: (name: FieldName) => void
}) {
  const notes = useFieldNotes()
  const followed = useRef("")
  const read = useReadFields(form)
  const networkFields: Partial<Record<string, FormField>> = Object.fromEntries(
    listNetworkFields(providerName),
  )

  /** Copies the container's region into the VPC's, unless the person wrote another one. */
  function followRegion(container: Container) {
    const region = toAwsRegionId(readContainerRegion(container) ?? "")
    const present = form.getValues("accepterRegionName")
    if (region === "" || (present !== "" && present !== followed.current)) return
    followed.current = region
    form.setValue("accepterRegionName", region)
    form.clearErrors("accepterRegionName")
  }

  return (
    <>
      <FormSection title="Your network" aside={<SampleValues providerName={providerName} />}>
        {providerName === "AWS" && !readOnly && <NetworkPlace form={form} />}
        <div className={`grid ${styles.fields}`}>
          <FormFields
            form={form}
            rows={toNetworkRows(providerName).map((row) => ({
              ...row,
              ...(read.has(row.name) && { hint: fromCloud }),
            }))}
            notes={notes}
            readOnly={readOnly}
            onLeave={(name) => (name === "providerName" ? Promise.resolve() : normalise(name))}
            renderHelp={({ name }) => {
              const field = networkFields[name]
              return field && <FieldHelp field={field} />
            }}
            renderBelow={(name) => {
              const rewrite = name === "providerName" ? undefined : rewrites[name]
              if (rewrite === undefined || name === "providerName") return null
              return (
                <p className="above-4 wrap quiet small">
                  Changed to <code>{rewrite.to}</code>: {rewrite.why}.{" "}
                  <button
                    type="button"
                    className={`bare strong tap ${styles.undo}`}
                    aria-label={`Undo: ${rewrite.from}`}
                    onClick={() => onUndoRewrite(name)}
                  >
                    Undo
                  </button>
                </p>
              )
            }}
          />
        </div>
      </FormSection>
      <FormSection title="Atlas side" lead={<AtlasSideLead form={form} providerName={providerName} />}>
        <ContainerChoice
          form={form}
          providerName={providerName}
          readOnly={readOnly}
          chosen={chosen}
          onChosen={providerName === "AWS" ? followRegion : undefined}
        />
      </FormSection>
      {providerName === "AZURE" && <AzurePermission form={form} readOnly={readOnly} />}
    </>
  )
})

const fromCloud = (
  <span className="inline gap-4 tone-works">
    <Icon name="works" /> from AWS
  </span>
)

/** Lists the fields whose values a role read in the cloud. */
function useReadFields(form: UseFormReturn<FormValues>): ReadonlySet<string> {
  const values = useWatch({ control: form.control }) as FormValues & Record<string, string>
  const facts = values.facts ? (JSON.parse(values.facts) as NetworkFacts) : null
  if (facts?.network?.source !== "read" || facts.network.value !== values.vpcId) return new Set()
  const { account, network, region, addresses } = facts
  const blocks = addresses?.value ?? []
  const known: Record<string, readonly (string | undefined)[]> = {
    awsAccountId: [account?.value],
    vpcId: [network.value],
    accepterRegionName: [region?.value],
    routeTableCidrBlock: blocks,
    networkBlocks: [blocks.join(", ")],
  }
  return new Set(Object.keys(known).filter((name) => known[name]?.includes(values[name])))
}
