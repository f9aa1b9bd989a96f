import type { Clock } from "#base/clock.ts"
import type { CreateIntent } from "./create-intents.ts"
import type { ReconcileTiming } from "./reconcile-timing.ts"

/** A create that this process looks up. */
export interface TrackedCreate {
  intent: CreateIntent
  /** It was not sent after this time, and was last taken over at the other, on the clock's `elapsed`. */
  sentBefore: number
  renewedAt: number
  /** Number of lists without the peering. */
  polls: number
  /** Atlas answered the last list. */
  isListed: boolean
  polling: Promise<void> | null
}

/** Returns true if a list without the peering proves that nothing was made. */
export function isCertain(tracked: TrackedCreate, timing: ReconcileTiming, clock: Clock): boolean {
  // Without an audit row it was not sent, and can't be since it was taken over.
  if (tracked.intent.attemptSequence === null) return true
  return tracked.polls >= timing.certainAfterPolls && isOldEnough(tracked, timing, clock)
}

/** Returns true if nothing but lists is missing as proof, and Atlas answers them. */
export function isBeingProven(tracked: TrackedCreate, timing: ReconcileTiming, clock: Clock): boolean {
  return tracked.isListed && tracked.polls < timing.certainAfterPolls && isOldEnough(tracked, timing, clock)
}

/** Returns true if Atlas would list by now what it made. */
function isOldEnough(
  { sentBefore }: TrackedCreate,
  { certainAfterMs }: ReconcileTiming,
  clock: Clock,
): boolean {
  return clock.elapsed() - sentBefore >= certainAfterMs
}
