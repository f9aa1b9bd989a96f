import type { Peering } from "@peering-desk/shared-schemas"
import { toStatusSince, toTurnOf } from "@peering-desk/peering-rules"

const secondMs = 1000
const minuteMs = 60 * secondMs

interface PollState {
  /** The cloud's peerings as last seen. */
  peerings: readonly Peering[]
  /** True while somebody views the project. */
  viewed: boolean
  /** In how many clouds of the project Atlas is working now, including this one. */
  movingClouds: number
  /** Milliseconds since 1970. */
  now: number
}

/** Returns whether Atlas is working on any of the peerings, so that the next answer may differ. */
export function isMoving(peerings: readonly Peering[]): boolean {
  return peerings.some(({ peer }) => ["atlas", "closing"].includes(toTurnOf(peer)))
}

/** Returns whether any of the peerings waits for a person's step in the cloud. */
export function isWaiting(peerings: readonly Peering[]): boolean {
  return peerings.some((peering) => isWaitingForPerson(peering))
}

/**
 * Chooses how long to wait before the next list call, in milliseconds; null for no further call. The moving clouds of a project
 * share 30 to 45 calls a minute. A peering that waits for a person is polled often at first, then twice a minute; one that works once
 * a minute, since it can still fail. Without viewers a cloud costs at most six calls a minute, and none when it has no peerings.
 */
export function choosePollIntervalMs({ peerings, viewed, movingClouds, now }: PollState): number | null {
  if (!viewed && peerings.length === 0) return null
  if (isMoving(peerings)) return viewed ? (movingClouds + 1) * secondMs : 10 * secondMs
  const waiting = peerings.filter(isWaitingForPerson)
  if (waiting.length === 0) return minuteMs
  if (!viewed) return 30 * secondMs
  const fresh = waiting.some(({ history }) => now - Date.parse(toStatusSince(history) ?? "") < 10 * minuteMs)
  return fresh ? 5 * secondMs : 30 * secondMs
}

function isWaitingForPerson({ peer }: Peering): boolean {
  return toTurnOf(peer) === "you"
}

/** Computes how long to wait after failed polls: 5 s, doubling to a minute, and never less than Atlas asks for. */
export function computeBackoffMs(failuresInARow: number, retryAfterSeconds: number | undefined): number {
  const backoffMs = Math.min(5 * secondMs * 2 ** (failuresInARow - 1), minuteMs)
  return Math.max(backoffMs, (retryAfterSeconds ?? 0) * secondMs)
}
