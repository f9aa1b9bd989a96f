import {
  readRegionName,
  readRegionPlace,
  regionsOfCloud,
  type Container,
  type NewContainer,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect } from "react"
import { FormTextField } from "#forms/FormTextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { ProblemFacts } from "#ui/ProblemFacts.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Notice } from "#ui/Notice.tsx"
import { toChangeWords } from "#copy/approval-note.ts"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { FreeBlockPicker } from "#shared/free-block/FreeBlockPicker.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import type { Created } from "./CreatedNotice.tsx"
import { GcpReach } from "./GcpReach.tsx"
import type { NewContainerValues } from "./new-container.ts"
import { useNewContainer } from "./use-new-container.ts"

const locks: Record<"AWS" | "AZURE" | "every" | "some", string> = {
  AWS: "Region can't be changed. CIDR locks with the first connection or cluster.",
  AZURE: "Region can't be changed. CIDR locks with the first connection or cluster.",
  every: "One per project. CIDR locks with the first connection or cluster.",
  some: "One per project. Regions and CIDR can't be changed later, and clusters in other regions can't be peered.",
}

/** The form of a new container in one cloud. */
export function NewContainerForm({
  projectId,
  providerName,
  containers,
  typed,
  onType,
  onSending,
  onCancel,
  onCreated,
}: {
  projectId: string
  providerName: ProviderName
  containers: readonly Container[]
  /** What was typed for another cloud and fits this one too. */
  typed: Partial<NewContainerValues>
  onType: (typed: Partial<NewContainerValues>) => void
  onSending: (isSending: boolean) => void
  onCancel: () => void
  onCreated: (created: Created) => void
}) {
  const { form, values, sizes, suggested, note, isPending, failed, findField, send, normalizeRegion } =
    useNewContainer({ projectId, providerName, containers, typed, onCreated })
  const needs = useApprovalNeed(projectId, providerName, "container")
  const isSuggested = values.atlasCidrBlock === suggested && suggested !== ""

  const atlasCidrBlock = isSuggested ? "" : values.atlasCidrBlock

  useEffect(() => onSending(isPending), [onSending, isPending])
  useEffect(() => onType({ atlasCidrBlock, reason: values.reason }), [onType, atlasCidrBlock, values.reason])

  function fillBlock(cidr: string) {
    if (isPending) return
    form.setValue("atlasCidrBlock", cidr)
    form.clearErrors("atlasCidrBlock")
    form.setFocus("atlasCidrBlock")
  }

  return (
    <Form className="stack" isBusy={isPending} onSubmit={() => void send()}>
      {providerName === "GCP" ? (
        <GcpReach form={form} />
      ) : (
        <div onBlur={normalizeRegion}>
          <FormTextField
            form={form}
            name="region"
            label="Atlas region"
            hint={toRegionHint(providerName, values.region)}
            mono
            suggestions={regionsOfCloud[providerName]}
          />
        </div>
      )}
      <FormTextField
        form={form}
        name="atlasCidrBlock"
        label="Atlas CIDR"
        hint={
          isSuggested
            ? "Suggested: free in the projects you can see"
            : `${toSizeWords(sizes)}, private, not used by any network you want to peer`
        }
        mono
        note={note}
      />
      <FreeBlockPicker projectId={projectId} sizes={sizes} onUse={fillBlock} />
      <p className="quiet text-13">{locks[providerName === "GCP" ? values.reach : providerName]}</p>
      <FormTextField form={form} name="reason" label="Reason" hint="Stored in the audit log" />
      <ApprovalNote needs={needs} />
      {failed !== null && <CreateProblem {...failed} projectId={projectId} findField={findField} />}
      <div className="flow">
        <Button kind="primary" type="submit" isBusy={isPending}>
          {toChangeWords(needs, isPending, { words: "Create container", busy: "Creating…" })}
        </Button>
        <Button kind="quiet" isBusy={isPending} onClick={() => onCancel()}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** Says which region the text means, or how to write one. */
function toRegionHint(providerName: "AWS" | "AZURE", region: string): string {
  const name = readRegionName(providerName, region)
  if (name !== null) return `${readRegionPlace(providerName, name)} · ${name} in Atlas`
  return providerName === "AWS" ? "e.g. eu-central-1, EU_CENTRAL_1 or Frankfurt" : "e.g. eastus2 or US_EAST_2"
}

function toSizeWords(sizes: readonly number[]): string {
  const [first = 21] = sizes
  if (first === 18) return "/18 or larger"
  return sizes.length === 1 ? `/${first}` : `/${first}–/${sizes.at(-1)}`
}

/** Explains why a container was not created, or that the outcome is unknown. */
function CreateProblem({
  error,
  asked,
  ...rest
}: {
  error: unknown
  projectId: string
  asked: NewContainer
  findField: (name: string) => (() => void) | null
}) {
  const words = toProblemWords(error)
  if (words.code !== "outcome_unknown")
    return <RefusalNotice {...rest} words={words} about={{ container: asked }} announce />
  return (
    <Notice tone="you" announce title="No answer from Atlas">
      <p>
        The request was sent once and not repeated. The list of containers was refreshed: if the container is
        in it, it was created. If not, check again in a minute before you retry.
      </p>
      <ProblemFacts {...words} />
    </Notice>
  )
}
