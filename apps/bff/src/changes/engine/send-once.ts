import { toAppError, type AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"

interface SendOnceDeps {
  clock: Clock
  logger: Logger
}

/** One change at Atlas. `Found` is the result of a lookup, which may be less than Atlas's answer. */
interface Sending<Answer, Found> {
  /** Fields that name the change in the log. */
  about: object
  send: () => Promise<Answer>
  /** Persists that Atlas carried it out. */
  settleDone: (answer: Answer) => Promise<void>
  /** Persists the failure. Returns an answer when the change is there after all. */
  settleFailed: (failure: AppError) => Promise<Answer | null>
  /** Returns null while the change can't be seen at Atlas. */
  lookUp: () => Promise<Found | null>
  /** Persists that a lookup found it. */
  settleFound: (found: Found) => Promise<Answer>
  /** Delays before each lookup, in milliseconds. */
  delaysMs: readonly number[]
}

/**
 * Sends a change once. If its answer is lost, looks it up and never sends it again.
 * @throws AppError `outcome_unknown` if no lookup found it, otherwise the reason why it was not done
 */
export async function sendOnce<Answer, Found>(
  deps: SendOnceDeps,
  { about, send, settleDone, settleFailed, lookUp, settleFound, delaysMs }: Sending<Answer, Found>,
): Promise<Answer> {
  let answer: Answer
  try {
    answer = await send()
  } catch (thrown) {
    // An error we did not foresee proves nothing about what Atlas did.
    const failure = toAppError(thrown, "outcome_unknown")
    const there = await settleFailed(failure)
    if (there !== null) return there
    if (failure.code !== "outcome_unknown") throw failure
    deps.logger.warn({ err: failure, ...about }, "a change was sent but its answer was lost")
    const found = await lookUpSoon(deps, lookUp, delaysMs)
    if (found === null) throw failure
    return await settleFound(found)
  }
  await settleDone(answer)
  return answer
}

/** Looks something up a few times. Returns null if no lookup finds it; a lookup that fails finds nothing. */
export async function lookUpSoon<Found>(
  { clock, logger }: SendOnceDeps,
  lookUp: () => Promise<Found | null>,
  delaysMs: readonly number[],
): Promise<Found | null> {
  for (const delayMs of delaysMs) {
    await new Promise<void>((resolve) => clock.after(delayMs, resolve))
    const found = await lookUp().catch((error: unknown) => {
      logger.debug({ err: error }, "a change whose answer was lost can't be looked up")
      return null
    })
    if (found !== null) return found
  }
  return null
}
