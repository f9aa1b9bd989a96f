import type { ApprovalAction, BlastRadius, HeldForApproval } from "@peering-desk/shared-schemas"
import { getWaitingOn, wasSeenAvailable } from "@peering-desk/peering-rules"
import { useQuery, type UseMutationResult } from "@tanstack/react-query"
import { useId, useState, type ReactNode } from "react"
import { blastRadiusQuery } from "#api/peerings/change-peering.ts"
import { toChangeWords } from "#copy/approval-note.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { useHeld } from "#shared/approvals/use-held.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Button } from "#ui/Button.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"

interface Confirmation {
  name: string
  reason: string
}

/** The form of a change that deletes a connection: its consequences, then one reason, and the typed name unless it failed and was never available. */
export function ConfirmedChange<Answer>({
  change,
  actions,
  act,
  onDone,
  children,
}: {
  change: UseMutationResult<Answer | HeldForApproval, Error, Confirmation>
  /** What the change consists of, for whom has to approve it. */
  actions: readonly ApprovalAction[]
  /** The words of the button, at rest and while the change runs. */
  act: { words: string; busy: string }
  /** Runs once the server has carried it out. */
  onDone?: (answer: Answer) => void
  /** Lists the consequences. */
  children: (radius: BlastRadius) => ReactNode
}) {
  const { peering, openDialog } = useConnectionPage()
  const { projectId, id, peer } = peering
  // Nobody can use it, so a slip costs little.
  const needsName = getWaitingOn(peer) !== "failed" || wasSeenAvailable(peering)
  const radius = useQuery(blastRadiusQuery(projectId, id))
  const [name, setName] = useState("")
  const [reason, setReason] = useState("")
  const missingId = useId()
  const { errors, edit } = useFieldErrors(change.error)
  const needs = useApprovalNeed(projectId, peer.providerName, ...actions)
  const settle = useHeld((answer: Answer) => {
    openDialog(null)
    onDone?.(answer)
  })

  if (radius.isLoadingError) {
    return <ReadFailure read={radius} projectId={projectId} />
  }
  if (radius.data === undefined) return <p>Loading the consequences</p>
  const { confirmBy } = radius.data
  const isUnnamed = needsName && name.trim() !== confirmBy
  return (
    <div className="stack gap-10">
      {children(radius.data)}
      <Form
        className="form"
        isBusy={change.isPending}
        onSubmit={() =>
          change.mutate(
            { name: needsName ? name.trim() : confirmBy, reason: reason.trim() },
            { onSuccess: settle },
          )
        }
      >
        {needsName && (
          <p>
            Type <Copyable value={confirmBy} label="the name" /> to confirm.
          </p>
        )}
        <div className="fields">
          {needsName && (
            <TextField
              label="Name"
              hint="Type the name to confirm"
              mono
              value={name}
              error={errors["name"]}
              onChange={edit(setName, "name")}
            />
          )}
          <TextField
            label="Reason"
            hint="Stored in the audit log"
            value={reason}
            error={errors["reason"]}
            onChange={edit(setReason, "reason")}
          />
        </div>
        <ApprovalNote needs={needs} />
        {change.isError && (
          <ChangeProblem
            error={change.error}
            asked="delete"
            projectId={projectId}
            about={{ peer }}
            shownFields={needsName ? ["name", "reason"] : ["reason"]}
          />
        )}
        <div className="row">
          <Button type="submit" isBusy={change.isPending || isUnnamed} aria-describedby={missingId}>
            {toChangeWords(needs, change.isPending, act)}
          </Button>
          <Button kind="quiet" isBusy={change.isPending} onClick={() => openDialog(null)}>
            Cancel
          </Button>
          <span id={missingId} className="quiet text-13">
            {isUnnamed && `Type ${confirmBy} to continue`}
          </span>
        </div>
      </Form>
    </div>
  )
}
