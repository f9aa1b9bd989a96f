import { listContainerPrefixes } from "@peering-desk/peering-rules"
import {
  readRegionName,
  readRegionPlace,
  regionsOfCloud,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect, type SubmitEvent } from "react"
import { FormFields, type TextFieldRow } from "#forms/FormFields.tsx"
import { FormTextField } from "#forms/FormTextField.tsx"
import { FreeBlockPicker } from "#shared/FreeBlockPicker.tsx"
import { Button } from "#ui/Button.tsx"
import type { Created } from "./CreatedNotice.tsx"
import { CreateProblem } from "./CreateProblem.tsx"
import { GcpReach } from "./GcpReach.tsx"
import type { NewContainerValues } from "./new-container.ts"
import { useNewContainer } from "./use-new-container.ts"
import styles from "./containers.module.css"

const doors: Record<"AWS" | "AZURE" | "every" | "some", string> = {
  AWS: "Its region is fixed for good, and its block from the first connection or cluster on. Only an empty one can be deleted.",
  AZURE:
    "Its region is fixed for good, and its block from the first connection or cluster on. Only an empty one can be deleted.",
  every:
    "It is the project's only one on Google Cloud. Its block is fixed from the first connection or cluster on.",
  some: "It is the project's only one on Google Cloud, and neither its regions nor its block can ever be changed: Atlas refuses that for a restricted container. No cluster outside of these regions can be peered.",
}

/** The form of a new container in one cloud. */
export function NewContainerForm({
  projectId,
  providerName,
  containers,
  isTaken,
  onSending,
  onCancel,
  onCreated,
}: {
  projectId: string
  providerName: ProviderName
  containers: readonly Container[]
  /** The project has its only possible container already. */
  isTaken: boolean
  onSending: (isSending: boolean) => void
  onCancel: () => void
  onCreated: (created: Created) => void
}) {
  const { form, values, note, isPending, failed, findField, send, normalizeRegion } = useNewContainer({
    projectId,
    providerName,
    containers,
    onCreated,
  })
  const regionCount = values.reach === "some" ? Math.max(values.regions.length, 1) : 0
  const sizes = listContainerPrefixes(providerName, regionCount)
  const block = {
    name: "atlasCidrBlock",
    label: "Address block for Atlas",
    hint: `${toSizeWords(sizes)}, in a private range; what no network of yours has that is to be joined`,
    note,
  } satisfies TextFieldRow<NewContainerValues>

  useEffect(() => onSending(isPending), [onSending, isPending])

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isTaken && !isPending) void send()
  }

  function fillBlock(cidr: string) {
    if (isPending) return
    form.setValue("atlasCidrBlock", cidr)
    form.clearErrors("atlasCidrBlock")
    form.setFocus("atlasCidrBlock")
  }

  return (
    <form noValidate className={styles.form} aria-busy={isPending} onSubmit={submit}>
      {providerName === "GCP" ? (
        <GcpReach form={form} readOnly={isPending} />
      ) : (
        <div onBlur={normalizeRegion}>
          <FormFields form={form} rows={[toRegionRow(providerName, values.region)]} readOnly={isPending} />
        </div>
      )}
      <FormFields form={form} rows={[block]} readOnly={isPending} />
      <FreeBlockPicker projectId={projectId} sizes={sizes} onUse={fillBlock} />
      <p className={styles.door}>
        <strong>A one-way door. </strong>
        {doors[providerName === "GCP" ? values.reach : providerName]}
      </p>
      <FormTextField
        form={form}
        name="reason"
        label="Reason"
        hint="Kept in the audit trail"
        readOnly={isPending}
      />
      {failed !== null && <CreateProblem {...failed} projectId={projectId} findField={findField} />}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" aria-disabled={isPending || isTaken}>
          {isPending ? "Creating…" : "Create container"}
        </Button>
        <Button kind="quiet" aria-disabled={isPending} onClick={() => !isPending && onCancel()}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** Describes the region field. Its hint shows which region the text means. */
function toRegionRow(providerName: "AWS" | "AZURE", region: string): TextFieldRow<NewContainerValues> {
  const name = readRegionName(providerName, region)
  const spellings =
    providerName === "AWS"
      ? "In any spelling: eu-central-1, EU_CENTRAL_1 or Frankfurt"
      : "In either spelling: eastus2 or US_EAST_2"
  return {
    name: "region",
    label: "Atlas region",
    hint: name === null ? spellings : `${readRegionPlace(providerName, name)}, which Atlas calls ${name}`,
    suggestions: regionsOfCloud[providerName],
  }
}

function toSizeWords(sizes: readonly number[]): string {
  const [first = 21] = sizes
  if (first === 18) return "/18 or larger"
  return sizes.length === 1 ? `/${first}` : `/${first} to /${sizes.at(-1)}`
}
