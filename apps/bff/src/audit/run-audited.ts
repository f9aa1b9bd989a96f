import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { AuditAttempt, AuditResult } from "./audit-events.ts"
import type { AuditLog } from "./audit-log.ts"
import { toAuditResult } from "./audit-result.ts"
import { sendOnce } from "./send-once.ts"

export interface AuditedDeps {
  audit: Pick<AuditLog, "attempt">
  clock: Clock
  logger: Logger
}

interface Change<T> {
  /** Returns the changed thing and the code of Atlas's answer. */
  send: () => Promise<{ value: T; answerCode: string | null }>
  /** Looks for the effect of a change whose answer was lost; null when it is not there. */
  lookUp: () => Promise<T | null>
  /** Returns the changed thing as the audit log stores it. */
  toAfter: (value: T) => unknown
}

/**
 * Sends one change to Atlas. Its audit row is on the disk before anything leaves, and its outcome follows.
 * @throws AppError why it was not done; `outcome_unknown` when it may have been done and can't be seen
 */
export async function runAudited<T>(
  deps: AuditedDeps,
  attempted: AuditAttempt,
  { send, lookUp, toAfter }: Change<T>,
): Promise<T> {
  const { action, projectId } = attempted
  const attempt = await deps.audit.attempt(attempted)
  // Atlas did what it did even if we can't write it down: the attempt then stays without an outcome.
  const complete = async (result: AuditResult) => {
    await attempt.complete(result).catch((error: unknown) => {
      deps.logger.error({ err: error, action, projectId }, "the outcome of a change can't be written")
    })
  }
  const { value } = await sendOnce(deps, {
    about: { action, projectId },
    send,
    async settleDone({ value: changed, answerCode }) {
      await complete({ outcome: "done", answerCode, after: toAfter(changed) })
    },
    async settleFailed(failure) {
      await complete(toAuditResult(failure))
      return null
    },
    lookUp,
    async settleFound(found) {
      const detail = { why: "The answer was lost. A lookup found the change done." }
      await complete({ outcome: "done", answerCode: null, after: toAfter(found), detail })
      return { value: found, answerCode: null }
    },
  })
  return value
}
