import {
  readContainerRegion,
  toAwsRegionId,
  type Container,
  type FormField,
  type NetworkFacts,
} from "@peering-desk/shared-schemas"
import { useRef } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { FormTextField } from "#forms/FormTextField.tsx"
import { listNetworkFields, toNetworkRows } from "#features/create-peering/draft/cloud-fields.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import { FieldHelp } from "#features/create-peering/help/FieldHelp.tsx"
import { SampleValues } from "#features/create-peering/prefill/SampleValues.tsx"
import { useFieldNotes } from "#features/create-peering/verdict/use-field-notes.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { AzurePermission } from "./AzurePermission.tsx"
import { useCloudFormContext } from "./cloud-form-context.ts"
import { AtlasSideLead, ContainerChoice } from "./ContainerChoice.tsx"
import { FormSection } from "./FormSection.tsx"
import { NetworkChoice } from "./NetworkChoice.tsx"
import { Rewritten } from "./Rewritten.tsx"
import styles from "./form.module.css"

/** The fields of one cloud: those of the network, the Atlas side and Azure's role. */
export function CloudFields() {
  const { form, providerName, normaliser } = useCloudFormContext()
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
      <FormSection title="Your network" aside={<SampleValues />}>
        {providerName === "AWS" && <NetworkChoice />}
        <div className={`grid ${styles.fields}`}>
          {toNetworkRows(providerName).map((row) => {
            const { name } = row
            const field = networkFields[name]
            return (
              <FormTextField
                key={name}
                mono
                {...row}
                {...(read.has(name) && { hint: fromCloud })}
                form={form}
                note={notes[name] ?? row.note}
                onLeave={() => normaliser.normalise(name)}
                help={field && <FieldHelp field={field} />}
                below={<Rewritten name={name} />}
              />
            )
          })}
        </div>
      </FormSection>
      <FormSection title="Atlas side" lead={<AtlasSideLead />}>
        <ContainerChoice onChosen={providerName === "AWS" ? followRegion : undefined} />
      </FormSection>
      {providerName === "AZURE" && <AzurePermission />}
    </>
  )
}

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
