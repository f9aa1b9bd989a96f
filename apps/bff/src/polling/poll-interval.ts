import { isDeepStrictEqual } from "node:util"
import { providerNames, type Peering, type Watch } from "@peering-desk/shared-schemas"
import { toStatusSince, getWaitingOn } from "@peering-desk/peering-rules"
import { createKeptValues } from "#base/kept-values.ts"

const secondMs = 1000
const minuteMs = 60 * secondMs
/** A poll that found nothing new is worth an event this often. Only the time of the poll, which nobody shows by the second, waits. */
const unchangedPollIntervalMs = 15 * secondMs

interface PollState {
  /** The cloud's peerings as last seen. */
  peerings: readonly Peering[]
  /** True while somebody views the project. */
  viewed: boolean
  /** How many clouds are at rest in all projects, including this one where it is. */
  restingClouds: number
  /** In how many clouds of the project Atlas is working now, including this one. */
  movingClouds: number
  /** Factor by which the project is polled slower than usual: 1 or more. */
  slowness: number
  /** Milliseconds since 1970. */
  now: number
}

/** Returns whether Atlas is working on any of the peerings, so that the next answer may differ. */
export const isMoving = findOnce(({ peer }) => ["atlas", "closing"].includes(getWaitingOn(peer)))

/** Returns whether any of the peerings waits for a person's step in the cloud. */
export const isWaiting = findOnce(isWaitingForPerson)

/** Each list is searched once: a cloud's is replaced when something of it changes, and asked about at each plan of a poll. */
function findOnce(isFound: (peering: Peering) => boolean): (peerings: readonly Peering[]) => boolean {
  const keep = createKeptValues<readonly Peering[], boolean>()
  return (peerings) => keep(peerings, [], () => peerings.some(isFound))
}

/** Returns whether nothing of a cloud that nobody views moves or waits: its next answer will hardly differ. */
export function isAtRest({ peerings, viewed }: Pick<PollState, "peerings" | "viewed">): boolean {
  return !viewed && peerings.length > 0 && !isMoving(peerings) && !isWaiting(peerings)
}

/**
 * Times between two polls of a cloud, in milliseconds. With these, a project of which one, two or three clouds move costs 30, 40 or 45
 * calls a minute, and an unwatched cloud six at most.
 */
export const usualPollIntervals = {
  /** While Atlas works and somebody views the project: for each cloud that moves, and once more. */
  movingMs: secondMs,
  movingUnwatchedMs: 10 * secondMs,
  /** While a person has to act, in the first ten minutes and then. */
  waitingNewMs: 5 * secondMs,
  waitingMs: 30 * secondMs,
  /** While everything works or failed; a peering that works can still fail. */
  steadyMs: minuteMs,
}

export type PollIntervals = typeof usualPollIntervals

/** The longest for all but clouds at rest. */
const longestMs = minuteMs
/** All clouds at rest get eight calls a second together, and each at least one in half an hour. */
const restingCallMs = secondMs / 8
const longestRestingMs = 30 * minuteMs
/** The most that quiet clouds take from the calls of the moving ones. */
const mostForQuiet = 1 / 10

/**
 * Chooses how long to wait before the next list call, in milliseconds; null for no further call. A cloud without peerings and without
 * viewers costs no call.
 */
export function choosePollIntervalMs(state: PollState, intervals: PollIntervals): number | null {
  if (!state.viewed && state.peerings.length === 0) return null
  const usualMs = Math.min(Math.ceil(chooseUsualMs(state, intervals) * state.slowness), longestMs)
  return isAtRest(state) ? Math.max(usualMs, computeRestingMs(state.restingClouds)) : usualMs
}

/** Computes how long a cloud at rest waits for its call, in milliseconds: longer, the more of them there are. */
export function computeRestingMs(restingClouds: number): number {
  return Math.min(restingClouds * restingCallMs, longestRestingMs)
}

function chooseUsualMs({ peerings, viewed, movingClouds, now }: PollState, intervals: PollIntervals): number {
  if (isMoving(peerings))
    return viewed ? computeMovingMs(movingClouds, intervals) : intervals.movingUnwatchedMs
  if (!isWaiting(peerings)) return intervals.steadyMs
  const waiting = peerings.filter(isWaitingForPerson)
  const isNew = waiting.some(({ history }) => now - Date.parse(toStatusSince(history) ?? "") < 10 * minuteMs)
  return viewed && isNew ? intervals.waitingNewMs : intervals.waitingMs
}

/** The moving clouds share the project's calls, less those of the quiet ones. */
function computeMovingMs(movingClouds: number, { movingMs, steadyMs }: PollIntervals): number {
  const callsPerMs = movingClouds / ((movingClouds + 1) * movingMs)
  const quietPerMs = (providerNames.length - movingClouds) / steadyMs
  return movingClouds / Math.max(callsPerMs - quietPerMs, callsPerMs * (1 - mostForQuiet))
}

function isWaitingForPerson({ peer }: Peering): boolean {
  return getWaitingOn(peer) === "you"
}

/** Computes how long to wait after failed polls: 5 s, doubling to a minute, and never less than Atlas asks for. */
export function computeBackoffMs(failuresInARow: number, retryAfterSeconds: number | undefined): number {
  const backoffMs = Math.min(5 * secondMs * 2 ** (failuresInARow - 1), minuteMs)
  return Math.max(backoffMs, (retryAfterSeconds ?? 0) * secondMs)
}

/**
 * Returns whether a poll brought nothing that readers have to hear of now. Compares the times both ways, so a clock that was set back does
 * not silence a cloud.
 * @param told the last poll that readers heard of
 */
export function isQuiet(told: Watch, { checkedAt, ...now }: Watch): boolean {
  const { checkedAt: toldAt, ...before } = told
  if (toldAt === null || checkedAt === null || !isDeepStrictEqual(before, now)) return false
  return Math.abs(Date.parse(checkedAt) - Date.parse(toldAt)) < unchangedPollIntervalMs
}
