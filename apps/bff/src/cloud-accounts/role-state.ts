import type { CloudAccountState } from "@peering-desk/shared-schemas"
import type { AuditEvent } from "#audit/audit-events.ts"
import type { ReadProblem } from "#cloud-reading/reading.ts"
import type { AccountRow } from "./account-rows.ts"

type RoleState = Pick<AccountRow, "state" | "problem" | "since">

const states: Record<ReadProblem["code"], CloudAccountState | null> = {
  "role-refused": "refused",
  "no-credentials": "unreachable",
  "clock-apart": "unreachable",
  unreachable: "unreachable",
  unexpected: "unreachable",
  // The role works: AWS wants fewer calls, or the account doesn't use one of its regions.
  throttled: null,
  "region-off": null,
}

/** Returns the state of an account after AWS was asked. */
export function toState(row: AccountRow, problem: ReadProblem | null, now: number): RoleState {
  const state = problem === null ? "reading" : states[problem.code]
  if (state === null || problem === null) {
    const kept = problem === null || row.state === "waiting" ? "reading" : row.state
    return { state: kept, problem: kept === "reading" ? null : row.problem, since: sinceOf(row, kept, now) }
  }
  return { state, problem: problem.says, since: sinceOf(row, state, now) }
}

/** Returns the event of a role that stopped working; none while it never worked, or was refused before. */
export function toRefusedEvents(row: AccountRow, { state, problem }: RoleState): AuditEvent[] {
  if (state !== "refused" || row.state === "refused" || row.state === "waiting") return []
  return [
    {
      actor: null,
      address: null,
      action: "cloud-role-refused",
      projectId: row.projectId,
      providerName: "AWS",
      detail: { ...toDetail(row), ...(problem && { why: problem }) },
    },
  ]
}

/** Describes an account in the audit log. */
export function toDetail({ id, name, account, roleArn }: AccountRow) {
  return { id, name, ...(account && { account }), ...(roleArn && { role: roleArn }) }
}

function sinceOf(row: AccountRow, state: CloudAccountState, now: number): number {
  return row.state === state ? row.since : now
}
