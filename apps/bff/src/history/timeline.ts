import type { AuditRow, Timeline, TimelineGap } from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import { readPeeringRows } from "#audit/peering-audit-rows.ts"
import { readActorName } from "#audit/actor-fields.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { StoredObservation } from "#polling/observation-rows.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { longestIntervalMs, type PollLog } from "#polling/poll-log.ts"
import type { PollSession, PollSessions } from "#polling/poll-sessions.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"
import type { Store } from "#store/store.ts"

export interface TimelineDeps {
  store: Store
  peeringStore: PeeringStore
  pollSessions: PollSessions
  pollLog: PollLog
  pollers: PollerPool
  clock: Clock
}

/**
 * Returns everything that was observed and done of a peering, and the gaps in which it was not observed.
 * @throws AppError `peering_not_found` when no observation of it is kept
 */
export async function readTimeline(
  deps: TimelineDeps,
  projectId: string,
  peeringId: string,
): Promise<Timeline> {
  const { clock, peeringStore, pollLog, pollSessions, pollers, store } = deps
  await pollers.poll(projectId, freshForMs)
  await pollLog.write()
  const observed = await peeringStore.listObservations(projectId, peeringId)
  const [first] = observed
  const last = observed.at(-1)
  if (first === undefined || last === undefined) {
    throw new AppError("peering_not_found", {
      detail: `No connection ${peeringId} was ever observed in this project.`,
    })
  }
  const { providerName } = first
  const cloud = { projectId, providerName }
  const from = first.at
  const until = last.what === "gone" ? last.at : clock.now()
  const sessions = await pollSessions.list(cloud, from)
  const gaps = computeGaps(sessions, { from, until, problemNow: pollLog.problemOf(cloud) })
  const firstSeenAt = pollers.live.find(projectId, peeringId)?.firstSeenAt
  return {
    peeringId,
    providerName,
    observations: observed.map(toObservation),
    gaps: first.number === 1 ? gaps : [buildForgottenGap(first, firstSeenAt), ...gaps],
    lookEverySeconds: longestIntervalMs / 1000,
    acts: (await readPeeringRows(store, projectId, peeringId, { from, until })).map(toAct),
  }
}

/** The time to find gaps in, in milliseconds since 1970. */
interface Span {
  from: number
  until: number
  /** Why polls have failed since the last one that was answered; null when they have not. */
  problemNow: string | null
}

/**
 * Computes the times in which polls were farther apart than they may be. Sessions may overlap, since several processes poll.
 * @param sessions in order of their begin
 */
function computeGaps(
  sessions: readonly Pick<PollSession, "from" | "until" | "problemBefore">[],
  { from, until, problemNow }: Span,
): TimelineGap[] {
  const gaps: TimelineGap[] = []
  let knownUntil = from
  const admit = (next: number, problem: string | null) => {
    if (next - knownUntil <= longestIntervalMs) return
    const why = problem === null ? "not-watched" : "atlas"
    gaps.push({ from: toInstant(knownUntil), until: toInstant(next), why, problem })
  }
  for (const session of sessions) {
    if (session.from >= until) break
    admit(session.from, session.problemBefore)
    knownUntil = Math.max(knownUntil, session.until)
  }
  admit(until, problemNow)
  return gaps
}

/** Builds the gap before the oldest observation that is kept. */
function buildForgottenGap({ at }: StoredObservation, firstSeenAt: string | undefined): TimelineGap {
  const until = toInstant(at)
  return { from: firstSeenAt ?? until, until, why: "forgotten", problem: null }
}

function toObservation({ number, at, afterAt, what, status, raw, providerName }: StoredObservation) {
  return {
    number,
    what,
    status,
    raw,
    at: toInstant(at),
    after: afterAt === null ? null : toInstant(afterAt),
    turn: getStatusWaitingOn(providerName, status),
  }
}

/** Leaves out addresses and other fields that only auditors may read. */
function toAct(row: AuditRow): Timeline["acts"][number] {
  const { sequence, at, kind, action, actor, reason, outcome, answerCode, attemptSequence, hash, detail } =
    row
  const by = actor && readActorName(actor.name, detail)
  return { sequence, at, kind, action, by, reason, outcome, answerCode, attemptSequence, hash }
}
