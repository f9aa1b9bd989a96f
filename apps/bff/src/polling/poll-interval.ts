import type { Peering } from "@peering-desk/shared-schemas"
import { toStatusSince, toTurnOf } from "@peering-desk/peering-rules"

const secondMs = 1000
const minuteMs = 60 * secondMs

interface Beat {
  /** The cloud's connections as last seen. */
  peerings: readonly Peering[]
  /** Whether somebody is looking at the project. */
  viewed: boolean
  /** In how many clouds of the project Atlas is working right now, this one included. */
  movingClouds: number
  /** Milliseconds since 1970. */
  now: number
}

/** Whether Atlas is working on any of the connections, so that the next answer may differ from the last. */
export function isMoving(peerings: readonly Peering[]): boolean {
  return peerings.some(({ peer }) => ["atlas", "closing"].includes(toTurnOf(peer)))
}

/** Whether a person's next step in the cloud changes any of the connections. */
export function isWaiting(peerings: readonly Peering[]): boolean {
  return peerings.some((peering) => isWaitingForPerson(peering))
}

/**
 * How long to wait before the next list call, in milliseconds; null when there is no reason to ask.
 * Moving clouds share about 30 to 45 calls a minute and project. What waits for a person is looked at often while fresh,
 * then twice a minute; what works is looked at once a minute, since FAILED can still follow. Without anybody who looks, a cloud's
 * connections cost six calls a minute at most, and a cloud without any costs none.
 */
export function choosePollIntervalMs({ peerings, viewed, movingClouds, now }: Beat): number | null {
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

/** How long to wait after a failed look: 5 s, doubling to a minute, and never before Atlas allows it. */
export function computeBackoffMs(failuresInARow: number, retryAfterSeconds: number | undefined): number {
  const backoffMs = Math.min(5 * secondMs * 2 ** (failuresInARow - 1), minuteMs)
  return Math.max(backoffMs, (retryAfterSeconds ?? 0) * secondMs)
}
