import {
  escapeInvisible,
  type Observation,
  type ProviderName,
  type RawAnswer,
  type Timeline,
  type TimelineGap,
} from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "@peering-desk/peering-rules"
import { readActorFields } from "#audit/actor-fields.ts"
import { readData, readHappenedAt, toAuditRow } from "#audit/chain/event-data.ts"
import type { StoredEvent } from "#audit/chain/event-rows.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { nameActor, readManagedNames } from "#events/outside-changes.ts"
import { readPeeringEvents, readProjectEvents } from "#events/peering-history.ts"
import { lateness, longestIntervalMs, type PollLog } from "#polling/poll-log.ts"
import { freshForMs, type PollerPool } from "#polling/poller-pool.ts"
import type { Store } from "#store/store.ts"

export interface TimelineDeps {
  store: Store
  pollLog: PollLog
  pollers: PollerPool
  clock: Clock
}

/**
 * Returns everything that was observed and done of a peering, and the gaps in which it was not observed.
 * @throws AppError `peering_not_found` when it was never observed in this project
 */
export async function readTimeline(
  { clock, pollLog, pollers, store }: TimelineDeps,
  projectId: string,
  peeringId: string,
): Promise<Timeline> {
  await pollers.poll(projectId, freshForMs)
  const { rows, isWhole } = await readPeeringEvents(store, projectId, peeringId)
  const observed = rows.filter(isObservation)
  const [first] = observed
  const last = observed.at(-1)
  if (first === undefined || last === undefined) {
    throw new AppError("peering_not_found", {
      detail: `No connection ${peeringId} was ever observed in this project.`,
    })
  }
  const providerName = first.provider_name as ProviderName
  const from = first.at
  const until = last.kind === "peering-gone" ? last.at : clock.now()
  const around = await readProjectEvents(store, projectId, { from, until })
  const gaps = around
    .filter((row) => row.kind === "polling-gap" && row.provider_name === providerName && row.at > from)
    .map((row) => toGap({ from: Math.max(row.after_at ?? 0, from), until: row.at, ...readProblem(row) }))
  const { lastPoll, problem } = await pollLog.read({ projectId, providerName })
  const since = Math.max(lastPoll ?? 0, from)
  if (pollLog.isGap({ projectId, providerName }, until - since))
    gaps.push(toGap({ from: since, until, problem }))
  const firstSeenAt = pollers.live.find(projectId, peeringId)?.firstSeenAt
  const names = await readManagedNames(store.db, projectId)
  const others = new Set(
    around.flatMap((row) => (isOfCloud(row, providerName) ? [] : [row.number, row.attempt])),
  )
  const acts = [...rows, ...around]
    .filter(
      ({ phase, number, attempt }) =>
        phase !== "finding" && !others.has(number) && !others.has(attempt ?? -1),
    )
    .sort((one, other) => readHappenedAt(one) - readHappenedAt(other) || one.number - other.number)
  return {
    peeringId,
    providerName,
    observations: observed.map((row, index) => toObservation(row, index + 1)),
    gaps: isWhole ? gaps : [buildForgottenGap(first, firstSeenAt), ...gaps],
    lookEverySeconds: Math.round(Math.max(longestIntervalMs, lateness * pollers.restingMs) / 1000),
    acts: acts.map((row) => toAct(row, names)),
  }
}

/** Returns true for what a poll found of the peering itself. */
function isObservation({ phase, kind }: StoredEvent): boolean {
  return phase === "finding" && kind.startsWith("peering-")
}

/** Returns false for a change of a container that is known to be of another cloud. */
function isOfCloud(row: StoredEvent, providerName: ProviderName): boolean {
  const { before, after } = readData(row)
  const cloud = { ...before, ...after }["providerName"]
  return !row.kind.includes("container-") || cloud === undefined || cloud === providerName
}

function readProblem(row: StoredEvent): { problem: string | null } {
  const problem = readData(row).detail?.["problem"]
  return { problem: typeof problem === "string" ? problem : null }
}

function toGap({ from, until, problem }: { from: number; until: number; problem: string | null }) {
  const why: TimelineGap["why"] = problem === null ? "not-watched" : "atlas"
  return { from: toInstant(from), until: toInstant(until), why, problem }
}

/** Builds the gap before the oldest event that a timeline has room for. */
function buildForgottenGap({ at }: StoredEvent, firstSeenAt: string | undefined): TimelineGap {
  const until = toInstant(at)
  return { from: firstSeenAt ?? until, until, why: "forgotten", problem: null }
}

function toObservation(row: StoredEvent, number: number): Observation {
  const { at, after_at: afterAt, kind, status, provider_name: providerName } = row
  return {
    number,
    what: kind === "peering-gone" ? "gone" : "listed",
    status,
    raw: readData(row).after as RawAnswer | null,
    at: toInstant(at),
    after: afterAt === null ? null : toInstant(afterAt),
    turn: getStatusWaitingOn(providerName as ProviderName, status),
  }
}

/** Leaves out addresses and other fields that only auditors may read. */
function toAct(row: StoredEvent, names: ReadonlyMap<string, string>): Timeline["acts"][number] {
  const {
    sequence,
    at: readAt,
    kind,
    action,
    reason,
    outcome,
    answerCode,
    attemptSequence,
    detail,
    before,
    after,
    hash,
  } = escapeInvisible(toAuditRow(row))
  const isOutside = action.startsWith("atlas-")
  const at = toInstant(readHappenedAt(row))
  const by = nameActor(row, names)
  const { approvedBy } = readActorFields(detail)
  const step = detail?.["step"]
  const block = { ...before, ...after }["atlasCidrBlock"]
  return {
    sequence,
    at,
    ...(isOutside && { readAt }),
    kind,
    action,
    by,
    ...(approvedBy !== undefined && { approvedBy }),
    ...(typeof step === "string" && { step }),
    ...(action.includes("container-") && typeof block === "string" && { container: block }),
    reason,
    outcome,
    answerCode,
    attemptSequence,
    hash,
  }
}
