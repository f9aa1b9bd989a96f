import { toAppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { AuditAttempt, AuditResult } from "./audit-events.ts"
import type { AuditLog } from "./audit-log.ts"
import { toFailedResult } from "./failed-result.ts"

export interface AuditedDeps {
  audit: AuditLog
  clock: Clock
  logger: Logger
}

interface Change<T> {
  /** Asks Atlas, once; gives what came of it, and the code of its answer. */
  send: () => Promise<{ value: T } & Pick<AuditResult, "answerCode">>
  /** Looks for what it was to bring about, when the answer was lost; null when it is not there. */
  lookUp: () => Promise<T | null>
  /** What the thing is like then, for the trail. */
  toAfter: (value: T) => unknown
}

/** When to look while somebody waits for the answer, after one another, in milliseconds. */
const lookUpAfterMs = [0, 1_000, 3_000]

/**
 * Carries out one change at Atlas: its audit row is on the disk before anything leaves, and what became of it follows. It is sent
 * once; when its answer is lost it is looked up.
 * @throws AppError why it was not done; `outcome_unknown` when it may have been, and cannot be seen
 */
export async function runAudited<T>(
  parts: AuditedDeps,
  attempted: AuditAttempt,
  { send, lookUp, toAfter }: Change<T>,
): Promise<T> {
  const attempt = await parts.audit.attempt(attempted)
  const complete = async (result: AuditResult) => {
    // What Atlas did is so whether or not it can be written down; the row of the attempt stands without an end.
    await attempt.complete(result).catch((error: unknown) => {
      parts.logger.error({ err: error, action: attempted.action }, "what became of a change can't be written")
    })
  }
  try {
    const { value, answerCode } = await send()
    await complete({ outcome: "done", answerCode, after: toAfter(value) })
    return value
  } catch (thrown) {
    // What we did not foresee proves nothing about what Atlas did.
    const failure = toAppError(thrown, "outcome_unknown")
    await complete(toFailedResult(failure))
    if (failure.code !== "outcome_unknown") throw failure
    parts.logger.warn({ err: failure, action: attempted.action }, "a change was sent but its answer was lost")
    const found = await lookUpSoon(parts, lookUp)
    if (found === null) throw failure
    const detail = { why: "Its answer was lost; it was seen to be so afterwards." }
    await complete({ outcome: "done", answerCode: null, after: toAfter(found), detail })
    return found
  }
}

async function lookUpSoon<T>(
  { clock, logger }: AuditedDeps,
  lookUp: () => Promise<T | null>,
): Promise<T | null> {
  for (const delayMs of lookUpAfterMs) {
    await new Promise<void>((resolve) => clock.after(delayMs, resolve))
    const found = await lookUp().catch((error: unknown) => {
      logger.debug({ err: error }, "a change whose answer was lost can't be looked up")
      return null
    })
    if (found !== null) return found
  }
  return null
}
