import type { CloudAccountState } from "@peering-desk/shared-schemas"
import { itself, type AuditEvent } from "#audit/audit-events.ts"
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

/** Problems that one region may have alone. */
export const ofOneRegion: ReadonlySet<string> = new Set<ReadProblem["code"]>([
  "region-off",
  "unexpected",
  "unreachable",
])

/** Returns the state of an account after a reading. */
export function toState(row: AccountRow, problem: ReadProblem | null, now: number): RoleState {
  return problem !== null && states[problem.code] === null ? row : toCheckedState(row, problem, now)
}

/** Returns the state of an account after a check. Any problem ends it before the last right is tried. */
export function toCheckedState(row: AccountRow, problem: ReadProblem | null, now: number): RoleState {
  const state = problem === null ? "reading" : (states[problem.code] ?? "unreachable")
  return { state, problem: problem?.says ?? null, since: row.state === state ? row.since : now }
}

/** Returns the event of a role that stopped working; none while it never worked, or was refused before. */
export function toRefusedEvents(row: AccountRow, { state, problem }: RoleState): AuditEvent[] {
  if (state !== "refused" || row.state === "refused" || row.state === "waiting") return []
  return [
    {
      ...itself,
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
