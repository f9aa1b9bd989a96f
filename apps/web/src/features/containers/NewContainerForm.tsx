import {
  readRegionName,
  readRegionPlace,
  regionsOfCloud,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect, type SubmitEvent } from "react"
import { useWatch } from "react-hook-form"
import { FormTextField } from "#forms/FormTextField.tsx"
import { Button } from "#ui/Button.tsx"
import { BlockField } from "./BlockField.tsx"
import type { Created } from "./CreatedNotice.tsx"
import { CreateProblem } from "./CreateProblem.tsx"
import { GcpReach } from "./GcpReach.tsx"
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

/** The fields of a new container in one cloud. */
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
  /** There is one already, and no room for a second. */
  isTaken: boolean
  onSending: (isSending: boolean) => void
  onCancel: () => void
  onCreated: (created: Created) => void
}) {
  const { form, isPending, failed, findField, send, understandRegion } = useNewContainer({
    projectId,
    providerName,
    containers,
    onCreated,
  })
  const [region, reach] = useWatch({ control: form.control, name: ["region", "reach"] })

  useEffect(() => onSending(isPending), [onSending, isPending])

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isTaken && !isPending) void send()
  }

  return (
    <form noValidate className={styles.form} aria-busy={isPending} onSubmit={submit}>
      {providerName === "GCP" ? (
        <GcpReach form={form} readOnly={isPending} />
      ) : (
        // The field itself only trims, so what was meant is written when it is left.
        <div onBlur={understandRegion}>
          <FormTextField
            form={form}
            name="region"
            label="Atlas region"
            hint={toRegionHint(providerName, region)}
            suggestions={regionsOfCloud[providerName]}
            mono
            readOnly={isPending}
          />
        </div>
      )}
      <BlockField form={form} projectId={projectId} providerName={providerName} readOnly={isPending} />
      <p className={styles.door}>
        <strong>A one-way door. </strong>
        {doors[providerName === "GCP" ? reach : providerName]}
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

/** Which region is understood, as soon as one is. */
function toRegionHint(providerName: "AWS" | "AZURE", region: string): string {
  const name = readRegionName(providerName, region)
  if (name !== null) return `${readRegionPlace(providerName, name)}, which Atlas calls ${name}`
  return providerName === "AWS"
    ? "In any spelling: eu-central-1, EU_CENTRAL_1 or Frankfurt"
    : "In either spelling: eastus2 or US_EAST_2"
}
