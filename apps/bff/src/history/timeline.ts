import type { AuditRow, Timeline, TimelineGap } from "@peering-desk/shared-schemas"
import { toTurn } from "@peering-desk/peering-rules"
import { readPeeringRows } from "#audit/peering-audit-rows.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { KeptObservation, Observations } from "#polling/observations.ts"
import type { Store } from "#store/store.ts"
import type { PollSession, PollSessions } from "#polling/poll-sessions.ts"
import { longestStepMs, type PollLog } from "#polling/poll-log.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"

export interface TimelineParts {
  store: Store
  observations: Observations
  stretches: PollSessions
  log: PollLog
  pollers: PollerPool
  clock: Clock
}

/**
 * Everything that was seen and done of a connection, and the times of which nothing is known.
 * @throws AppError `peering_not_found` when it was never seen here, or so long ago that it is forgotten
 */
export async function readTimeline(
  parts: TimelineParts,
  projectId: string,
  peeringId: string,
): Promise<Timeline> {
  const { clock, log, observations, store, stretches, pollers } = parts
  await pollers.poll(projectId, freshForMs)
  await log.write()
  const seen = await observations.of(projectId, peeringId)
  const [first] = seen
  const last = seen.at(-1)
  if (first === undefined || last === undefined) {
    throw new AppError("peering_not_found", {
      detail: `No connection ${peeringId} was seen in this project.`,
    })
  }
  const { providerName } = first
  const cloud = { projectId, providerName }
  const from = first.at
  const until = last.what === "gone" ? last.at : clock.now()
  const problemNow = log.problemOf(cloud)
  const unknown = toGaps(await stretches.of(cloud, from), { from, until, problemNow })
  return {
    peeringId,
    providerName,
    observations: seen.map(toObservation),
    gaps: [...toForgotten(first, pollers.live.find(projectId, peeringId)?.firstSeenAt), ...unknown],
    lookEverySeconds: longestStepMs / 1000,
    acts: (await readPeeringRows(store, projectId, peeringId, { from, until })).map(toAct),
  }
}

/** A time of which nothing is known, in milliseconds since 1970. */
interface Span {
  from: number
  until: number
  /** Why looks fail since the last one that was answered; null when they do not. */
  problemNow: string | null
}

/**
 * The times between two moments in which looks were farther apart than they may be. The stretches may overlap: several processes
 * look.
 * @param stretches in order of their begin
 */
function toGaps(
  stretches: readonly Pick<PollSession, "from" | "until" | "problemBefore">[],
  { from, until, problemNow }: Span,
): TimelineGap[] {
  const gaps: TimelineGap[] = []
  let knownUntil = from
  const admit = (next: number, problem: string | null) => {
    if (next - knownUntil <= longestStepMs) return
    const why = problem === null ? "not-watched" : "atlas"
    gaps.push({ from: toInstant(knownUntil), until: toInstant(next), why, problem })
  }
  for (const stretch of stretches) {
    if (stretch.from >= until) break
    admit(stretch.from, stretch.problemBefore)
    knownUntil = Math.max(knownUntil, stretch.until)
  }
  admit(until, problemNow)
  return gaps
}

/** What came before the oldest that is kept. */
function toForgotten({ number, at }: KeptObservation, firstSeenAt: string | undefined): TimelineGap[] {
  if (number === 1) return []
  const until = toInstant(at)
  return [{ from: firstSeenAt ?? until, until, why: "forgotten", problem: null }]
}

function toObservation({ number, at, afterAt, what, status, raw, providerName }: KeptObservation) {
  return {
    number,
    at: toInstant(at),
    after: afterAt === null ? null : toInstant(afterAt),
    what,
    status,
    turn: toTurn(providerName, status),
    raw,
  }
}

/** Without addresses, hashes and what else only an auditor may read. */
function toAct(row: AuditRow): Timeline["acts"][number] {
  const { sequence, at, kind, action, actor, reason, outcome, answerCode, attemptSequence } = row
  return { sequence, at, kind, action, by: actor?.name ?? null, reason, outcome, answerCode, attemptSequence }
}
