import { getNetworkName } from "@peering-desk/shared-schemas"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "wouter"
import { isHeld } from "#api/answer.ts"
import { deletePeering, readBlastRadius } from "#api/peerings/change-peering.ts"
import { inventoryKey } from "#api/peerings/inventory.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { formatCount } from "#copy/counts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { findApprovalNeed } from "#shared/approvals/use-need.ts"
import { OutcomeList } from "#shared/actions/OutcomeList.tsx"
import { useRun } from "#shared/actions/use-run.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"

/** Deletes some connections for one reason, after a typed confirmation unless it is one that never worked, and says what became of each. */
export function DeleteDialog({ rows, onClose }: { rows: readonly InventoryRow[]; onClose: () => void }) {
  const client = useQueryClient()
  const { data: projects } = useQuery(projectsQuery())
  const isHeldFirst = ({ project, peering }: InventoryRow) => {
    const listed = projects?.find(({ id }) => id === project.id)
    return findApprovalNeed(listed, peering.peer.providerName, "delete") !== null
  }
  const [typed, setTyped] = useState("")
  const [reason, setReason] = useState("")
  const { outcomes, isAsked, isRunning, failed, run } = useRun(rows, async ({ project, peering }) => {
    const { confirmBy } = await readBlastRadius(project.id, peering.id)
    return await deletePeering(client, project.id, peering.id, { name: confirmBy, reason: reason.trim() })
  })
  const question = toQuestion(rows)
  const missing = findMissing(question, typed, reason)

  async function submit() {
    await run()
    await client.invalidateQueries({ queryKey: inventoryKey })
  }

  return (
    <Dialog title={`Delete ${question.what}`} onClose={() => !isRunning && onClose()}>
      <Form
        className="grid gap-16"
        onSubmit={() => {
          if (!isRunning && missing === null) void submit()
        }}
      >
        <OutcomeList
          label="Connections to delete"
          rows={rows}
          outcomes={outcomes}
          describe={(row) => describeLoss(row, isHeldFirst(row))}
          renderResult={(answer) => (
            <span className="grow narrow quiet text-13">
              {isHeld(answer) ? (
                <Link href={pagePaths.approval(answer.approval.id)}>Waits for approval</Link>
              ) : (
                "Deletion requested"
              )}
            </span>
          )}
        />
        {!isAsked && (
          <>
            {question.needsTyped && (
              <TextField
                label={question.label}
                hint={
                  <>
                    Type <code>{question.expected}</code> to confirm
                  </>
                }
                mono
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
            <TextField
              label="Reason"
              hint={question.reasonHint}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        )}
        <output className="quiet text-13">
          {isAsked && !isRunning && toSummary(rows.length - failed.length, failed.length)}
        </output>
        <Buttons
          act={isAsked ? `Retry ${formatCount(failed.length, "deletion")}` : question.act}
          isAsked={isAsked}
          isDone={isAsked && failed.length === 0}
          isRunning={isRunning}
          missing={missing}
          onClose={onClose}
        />
      </Form>
    </Dialog>
  )
}

function Buttons({
  act,
  isAsked,
  isDone,
  isRunning,
  missing,
  onClose,
}: {
  act: string
  isAsked: boolean
  /** Nothing is left to delete. */
  isDone: boolean
  isRunning: boolean
  missing: string | null
  onClose: () => void
}) {
  return (
    <div className="row gap-8">
      {!isDone && (
        <Button type="submit" aria-disabled={isRunning || missing !== null}>
          {act}
        </Button>
      )}
      <Button isBusy={isRunning} onClick={onClose}>
        {isAsked ? "Close" : "Cancel"}
      </Button>
      {!isAsked && missing !== null && <span className="quiet text-13">{missing}</span>}
    </div>
  )
}

/** Words the question for one connection or several, and what to type as the answer. */
function toQuestion(rows: readonly InventoryRow[]) {
  const [only] = rows
  if (rows.length !== 1 || only === undefined) {
    const what = formatCount(rows.length, "connection")
    return {
      what,
      act: `Delete ${what}`,
      label: "Number of connections",
      expected: String(rows.length),
      needsTyped: true,
      reasonHint: "Stored in the audit log with each connection",
    }
  }
  const { title, turn, peering } = only
  return {
    what: title,
    act: "Delete connection",
    label: "Name of the network",
    expected: getNetworkName(peering.peer) || peering.id,
    // Nobody can use a failed one, so a slip costs little.
    needsTyped: turn !== "failed" || peering.leftAvailableAt !== null,
    reasonHint: "Stored in the audit log",
  }
}

/** Says what the answer lacks; null for nothing. */
function findMissing(
  { needsTyped, expected }: ReturnType<typeof toQuestion>,
  typed: string,
  reason: string,
): string | null {
  if (needsTyped && typed.trim() !== expected) return `Type ${expected} to continue`
  return reason.trim() === "" ? "Enter a reason to continue" : null
}

function describeLoss({ turn, project }: InventoryRow, isHeldFirst: boolean): string {
  const when = isHeldFirst ? "once somebody approved" : "immediately"
  if (turn === "works") return `${project.name} · Applications using it lose access ${when}`
  return isHeldFirst ? `${project.name} · Needs approval first` : project.name
}

function toSummary(doneCount: number, failedCount: number): string {
  const done = `${formatCount(doneCount, "deletion")} requested`
  return failedCount === 0 ? done : `${done}, ${failedCount} failed`
}
