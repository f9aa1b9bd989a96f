import { runForServer } from "./request-context.ts"

/** The source of time. Tests pass their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /**
   * Milliseconds since some moment. Never goes back or jumps when the time is set, so ages, deadlines and pauses count by it; `now` is
   * for what is shown or stored.
   */
  elapsed(): number
  /** Calls back once after a delay, outside of any request; the returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, callback) {
    const timer = runForServer(() => setTimeout(callback, delayMs))
    return () => clearTimeout(timer)
  },
}

/** Resolves when all settle or after `ms`; unfinished work keeps running. Rejects if one rejects first. */
export async function waitAtMost(clock: Clock, ms: number, work: readonly Promise<unknown>[]): Promise<void> {
  let cancel = () => {}
  const patience = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve)
  })
  try {
    await Promise.race([Promise.all(work), patience])
  } finally {
    cancel()
  }
}

/** Waits for work until a signal aborts, and then rejects with its reason. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error)
    if (signal.aborted) giveUp()
    signal.addEventListener("abort", giveUp, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp))
  })
}

/**
 * Repeats work until the returned function is called: after a delay, or at once with `begin: "now"`, and after the same delay from each
 * end. A rejection of the work ends nothing; where it matters, the work itself reports it.
 */
export function repeat(
  clock: Pick<Clock, "after">,
  everyMs: number,
  work: () => Promise<unknown>,
  { begin = "later" }: { begin?: "now" | "later" } = {},
): () => void {
  let cancel = () => {}
  let isStopped = false
  const run = () => {
    void work()
      .catch(() => undefined)
      .then(plan)
  }
  const plan = () => {
    if (!isStopped) cancel = clock.after(everyMs, run)
  }
  if (begin === "now") run()
  else plan()
  return () => {
    isStopped = true
    cancel()
  }
}

/** Formats milliseconds since 1970 like the API does: ISO 8601, UTC. Null stays null. */
export function toInstant<Ms extends number | null>(ms: Ms): Ms extends null ? null : string
export function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
