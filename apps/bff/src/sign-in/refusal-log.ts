import type { AuditEvent } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toAddressBlock } from "./rate-limits.ts"
import { toCallerKey } from "./require-user.ts"

type Refusal = Extract<AuditEvent, { action: "access-denied" | "sign-in-refused" | "token-refused" }>

export type RefusalLog = ReturnType<typeof createRefusalLog>

const minuteMs = 60_000
const mostInAMinute = 30

/** One person, or one address from which nobody is signed in, in one minute. */
interface Minute {
  /** The recorded refusals and when their repeats are written. */
  told: Map<string, Promise<void>>
  /** The number of repeats, and the last one. */
  more: number
  last: Refusal
  cancel: () => void
}

/**
 * Keeps people without rights from filling the audit log. For one person, or one address without a session, the same refusal is
 * recorded once a minute, and at most thirty different ones. The number of repeats follows when the minute is over.
 */
export function createRefusalLog(parts: { audit: Pick<AuditLog, "record">; clock: Clock; logger: Logger }) {
  const { audit, clock, logger } = parts
  const minutes = new Map<string, Minute>()

  function open(key: string, refusal: Refusal): Minute {
    const cancel = clock.after(minuteMs, () => void close(key))
    const minute = { told: new Map(), more: 0, last: refusal, cancel }
    minutes.set(key, minute)
    return minute
  }

  async function close(key: string): Promise<void> {
    const minute = minutes.get(key)
    minutes.delete(key)
    minute?.cancel()
    if (minute === undefined || minute.more === 0) return
    const { last, more } = minute
    const detail = { times: more, why: `${more} more within a minute` }
    const sum: Refusal =
      last.action === "access-denied" ? { ...last, projectId: null, detail } : { ...last, detail }
    await audit.record(sum).catch((error: unknown) => {
      logger.error({ err: error, times: more }, "Could not record refused requests in the audit log")
    })
  }

  return {
    /**
     * Resolves once the refusal is in the audit log, or counted as a repeat of one that is.
     * @param group of refusals that are one row a minute from all addresses together
     */
    async record(refusal: Refusal, group?: string): Promise<void> {
      const { actor, address, ...what } = refusal
      const key = group ?? (actor === null ? toAddressBlock(address) : toCallerKey(actor))
      const minute = minutes.get(key) ?? open(key, refusal)
      const name = group ?? JSON.stringify(what)
      const written = minute.told.get(name)
      if (written !== undefined || minute.told.size >= mostInAMinute) {
        minute.more += 1
        minute.last = refusal
        return await written
      }
      const writing = audit.record(refusal)
      minute.told.set(name, writing)
      await writing.catch((error: unknown) => {
        minute.told.delete(name)
        throw error
      })
    },
    /** Writes what was only counted until now. */
    async stop() {
      await Promise.all([...minutes.keys()].map(close))
    },
  }
}
