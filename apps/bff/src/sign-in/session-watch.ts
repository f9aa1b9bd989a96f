import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { SessionStore } from "#store/session-store.ts"
import { isSameAccess, type Access } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { SignedIn } from "./require-user.ts"

/** A response that outlives one request, such as an event stream. */
interface SessionListener {
  /** Called once when the session has ended; nothing follows. */
  ended: () => void
  /** The person may do something else from now on. */
  accessChanged: (access: Access) => void
  /** The provider has to vouch for the person's claims again, which a stream can't see to. */
  checkDue: () => void
}

export interface SessionWatch {
  /** Follows a session until it ends, or until the returned function is called. */
  follow: (user: SignedIn, listener: SessionListener) => () => void
  /** The provider vouched for a session's claims again, and they may differ. */
  renew: (sessionId: string, claims: RoleClaims) => void
  stop: () => void
}

// A session that another process ended, or that ran out, is noticed this late at most.
const lookEveryMs = 1_000

interface Followed {
  user: SignedIn
  access: Access
  listener: SessionListener
}

/**
 * Tells listeners when sessions end or rights change. What this process ends is known at once; sign-outs elsewhere and sessions
 * that expired are found by one query a second for the ended ones, while anybody listens.
 */
export function createSessionWatch(parts: {
  sessions: SessionStore
  ruleBook: RuleBook
  clock: Clock
  logger: Logger
  /** The age from which claims have to be confirmed again. */
  checkMs: number
}): SessionWatch {
  const { sessions, ruleBook, clock, logger, checkMs } = parts
  const followed = new Set<Followed>()
  let lookedAt = clock.now()
  let cancelLook: (() => void) | null = null
  let stopped = false

  function end(ids: readonly string[]): void {
    if (ids.length === 0) return
    const gone = new Set(ids)
    for (const one of followed) {
      if (!gone.has(one.user.sessionId)) continue
      followed.delete(one)
      one.listener.ended()
    }
  }

  function lookLater(): void {
    if (stopped || cancelLook !== null || followed.size === 0) return
    cancelLook = clock.after(lookEveryMs, () => {
      void look().finally(() => {
        cancelLook = null
        lookLater()
      })
    })
  }

  function endOverdue(): void {
    for (const one of followed) {
      if (clock.now() - one.user.checkedAt < checkMs) continue
      followed.delete(one)
      one.listener.checkDue()
    }
  }

  function computeAccess(one: Followed): void {
    const access = ruleBook.accessOf(one.user.claims)
    if (isSameAccess(access, one.access)) return
    one.access = access
    one.listener.accessChanged(access)
  }

  async function look(): Promise<void> {
    endOverdue()
    const now = clock.now()
    try {
      end(await sessions.listEndedSince(lookedAt))
      lookedAt = now
    } catch (error) {
      // Streams stay while the store is away: nothing says that their sessions ended, and every call of theirs fails anyway.
      logger.error({ err: error }, "can't look which sessions have ended")
    }
  }

  const unsubscribe = [
    sessions.onEnded((ended) => {
      end(ended.map(({ id }) => id))
    }),
    ruleBook.onReplaced(() => {
      for (const one of followed) computeAccess(one)
    }),
  ]

  return {
    follow(user, listener) {
      if (followed.size === 0) lookedAt = clock.now()
      const one = { user, access: user.access, listener }
      followed.add(one)
      lookLater()
      return () => {
        followed.delete(one)
      }
    },
    renew(sessionId, claims) {
      for (const one of followed) {
        if (one.user.sessionId !== sessionId) continue
        one.user = { ...one.user, claims, checkedAt: clock.now() }
        computeAccess(one)
      }
    },
    stop() {
      stopped = true
      cancelLook?.()
      for (const call of unsubscribe) call()
    },
  }
}
