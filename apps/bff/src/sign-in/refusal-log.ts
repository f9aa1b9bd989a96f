import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toUserKey } from "#store/session-store.ts"
import type { AuditSink, SignInEvent } from "./audit-sink.ts"
import { toAddressBlock } from "./rate-limits.ts"

type Refusal = Extract<SignInEvent, { action: "access-denied" | "sign-in-refused" }>

export interface RefusalLog {
  /** Resolves once the refusal is safe in the trail, or is counted beside the same one that is. */
  record: (refusal: Refusal) => Promise<void>
  /** Writes what was only counted until now. */
  stop: () => Promise<void>
}

const minuteMs = 60_000
const mostInAMinute = 30

/** One person, or one address from which nobody is signed in, in one minute. */
interface Minute {
  /** What was told, and when it is written. */
  told: Map<string, Promise<void>>
  /** How many were not told one by one, and the last of them. */
  more: number
  last: Refusal
  cancel: () => void
}

/**
 * Keeps who may do nothing from filling a trail that is kept for ever: of one person, or one address from which nobody is signed in,
 * the same refusal is told once a minute, and thirty different ones at most. How many more there were is told when the minute is over.
 */
export function createRefusalLog(parts: {
  audit: Pick<AuditSink, "record">
  clock: Clock
  logger: Logger
}): RefusalLog {
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
    const detail = { times: more, why: `${more} more in a minute, which are not told one by one` }
    const sum: Refusal =
      last.action === "access-denied" ? { ...last, projectId: null, detail } : { ...last, detail }
    await audit.record(sum).catch((error: unknown) => {
      logger.error({ err: error, times: more }, "how often somebody was turned away can't be written")
    })
  }

  return {
    async record(refusal) {
      const { actor, address, ...what } = refusal
      const key = actor === null ? toAddressBlock(address) : toUserKey(actor)
      const minute = minutes.get(key) ?? open(key, refusal)
      const name = JSON.stringify(what)
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
    async stop() {
      await Promise.all([...minutes.keys()].map(close))
    },
  }
}
