import type { OpenCreate, PeeringRequest, Problem } from "@peering-desk/shared-schemas"
import { sql, type SqlBool } from "kysely"
import { toInstant } from "#base/clock.ts"
import { isLastBefore } from "#store/last-time.ts"
import type { Store } from "#store/store.ts"

/** Time for which a create is shown as not created, in milliseconds. By then its sender has seen it. */
const shownForMs = 60 * 60_000

/** As text: SQLite uses the index of shown creates for these words alone. */
const isShown = sql<SqlBool>`kind = 'peering-create' and state in ('ready', 'unknown', 'failed')`

/**
 * Reads the creates of a project that are being checked, that wait for a removal, or that made nothing. Oldest first.
 * @returns them, and until when all are shown, in milliseconds since 1970; null when none ends by itself
 */
export async function readOpenCreates({ db }: Pick<Store, "db">, projectId: string, now: number) {
  const rows = await db
    .selectFrom("change")
    .select(["subject", "plan", "before", "state", "problem", "attempt_sequence", "created_at", "updated_at"])
    .where("project_id", "=", projectId)
    .where(isShown)
    .where((eb) => eb.or([eb("state", "!=", "failed"), eb.not(isLastBefore("updated_at", now, shownForMs))]))
    .orderBy("created_at")
    .orderBy("id")
    .execute()
  const creates: OpenCreate[] = []
  const ends: number[] = []
  for (const row of rows) {
    const { request: asked, replaces } = JSON.parse(row.plan) as {
      request: PeeringRequest
      replaces: string | null
    }
    const { container } = JSON.parse(row.before) as { container: { id: string } | null }
    const request = container === null ? asked : { ...asked, containerId: container.id }
    const state = toState(row, replaces)
    if (state === null) continue
    const at = toInstant(row.created_at)
    creates.push({ key: row.subject, request, state, at, ...(replaces !== null && { replaces }) })
    if (state === "not-created") ends.push(row.updated_at + shownForMs)
  }
  return { creates, until: ends.length === 0 ? null : Math.min(...ends) }
}

/** Returns null for one that needs nobody's attention. Its sender has the answer of one that Atlas refused. */
function toState(
  {
    state,
    problem,
    attempt_sequence: attempt,
  }: { state: string; problem: string | null; attempt_sequence: number | null },
  replaces: string | null,
): OpenCreate["state"] | null {
  if (state === "unknown") return "being-checked"
  if (state === "ready") return replaces === null ? null : "deleting-first"
  const isLost = problem !== null && (JSON.parse(problem) as Problem).code === "outcome_unknown"
  return isLost || (attempt === null && replaces !== null) ? "not-created" : null
}
