import { getNetworkName } from "@peering-desk/shared-schemas"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "wouter"
import { isHeld } from "#api/answer.ts"
import { deletePeering, readBlastRadius } from "#api/peerings/change-peering.ts"
import { inventoryKey } from "#api/peerings/inventory.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { formatCount } from "#copy/counts.ts"
import { approvalPaths } from "#shared/approvals/approval-paths.ts"
import { findApprovalNeed } from "#shared/approvals/use-need.ts"
import { OutcomeList } from "#shared/actions/OutcomeList.tsx"
import { listFailed, useRun } from "#shared/actions/use-run.ts"
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
  const { outcomes, isRunning, run } = useRun(async ({ project, peering }) => {
    const { confirmBy } = await readBlastRadius(project.id, peering.id)
    return await deletePeering(client, project.id, peering.id, { name: confirmBy, reason: reason.trim() })
  })
  const isAsked = Object.keys(outcomes).length > 0
  const failed = isRunning ? [] : listFailed(rows, outcomes)
  const [only] = rows
  const isOne = rows.length === 1 && only !== undefined
  const expected = isOne ? getNetworkName(only.peering.peer) || only.peering.id : String(rows.length)
  // Nobody can use it, so a slip costs little.
  const needsTyped = !isOne || only.turn !== "failed" || only.peering.leftAvailableAt !== null
  const missing =
    needsTyped && typed.trim() !== expected
      ? `Type ${expected} to continue`
      : reason.trim() === ""
        ? "Enter a reason to continue"
        : null
  const count = formatCount(rows.length, "connection")

  async function submit() {
    await run(isAsked ? failed : rows)
    await client.invalidateQueries({ queryKey: inventoryKey })
  }

  return (
    <Dialog title={isOne ? `Delete ${only.title}` : `Delete ${count}`} onClose={onClose}>
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
                <Link href={approvalPaths.approval(answer.approval.id)}>Waits for approval</Link>
              ) : (
                "Deletion requested"
              )}
            </span>
          )}
        />
        {!isAsked && (
          <>
            {needsTyped && (
              <TextField
                label={isOne ? "Name of the network" : "Number of connections"}
                hint={
                  <>
                    Type <code>{expected}</code> to confirm
                  </>
                }
                mono
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
            <TextField
              label="Reason"
              hint={isOne ? "Stored in the audit log" : "Stored in the audit log with each connection"}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        )}
        <output className="quiet text-13">
          {isAsked && !isRunning && toSummary(rows.length - failed.length, failed.length)}
        </output>
        <div className="row gap-8">
          {(!isAsked || failed.length > 0) && (
            <Button type="submit" aria-disabled={isRunning || missing !== null}>
              {isAsked
                ? `Retry ${formatCount(failed.length, "deletion")}`
                : `Delete ${isOne ? "connection" : count}`}
            </Button>
          )}
          <Button onClick={onClose}>{isAsked ? "Close" : "Cancel"}</Button>
          {!isAsked && missing !== null && <span className="quiet text-13">{missing}</span>}
        </div>
      </Form>
    </Dialog>
  )
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
