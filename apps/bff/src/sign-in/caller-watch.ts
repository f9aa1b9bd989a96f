import { repeat, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import { isSameAccess, type Access } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { SignedIn } from "./require-user.ts"

/** A response that outlives one request, such as an event stream. */
interface CallerListener {
  /** Called once when the session or token has ended; nothing follows. */
  ended: () => void
  /** The caller may do something else from now on. */
  accessChanged: (access: Access) => void
  /** The provider has to vouch for the person's claims again, which a stream can't see to. */
  checkDue: () => void
}

/** The last word of the provider about a person. */
type Confirmation = Pick<SignedIn, "claims" | "checkedAt">

/** Sessions or API tokens, by the ids under which they are listed. */
export interface Credentials {
  /**
   * Looks which ended since a moment, in any process, and reads what the provider said since of the others: not of sessions, whose claims
   * are sealed in them, so that their requests alone confirm them.
   * @param ids the followed ones
   * @param since milliseconds since 1970
   */
  look: (
    ids: readonly string[],
    since: number,
  ) => Promise<{ ended: readonly string[]; confirmed?: ReadonlyMap<string, Confirmation> }>
  /** Calls back when some end in this process. */
  onEnded: (listener: (ended: readonly { id: string }[]) => void) => () => void
}

export type CallerWatch = ReturnType<typeof createCallerWatch>

interface WatchParts {
  credentials: Credentials
  ruleBook: RuleBook
  clock: Clock
  logger: Logger
  /** The age from which claims have to be confirmed again. */
  checkMs: number
}

// What another process ended, or what ran out, is noticed this late at most.
const lookEveryMs = 1_000

interface Followed {
  user: SignedIn
  access: Access
  listener: CallerListener
}

/**
 * Tells listeners when sessions or tokens end or rights change. What this process ends is known at once; ends elsewhere and
 * expiries are found by one query a second, while anybody listens.
 */
export function createCallerWatch(parts: WatchParts) {
  const { credentials, ruleBook, clock, logger, checkMs } = parts
  /** By session or API token; the tabs of a browser share one. */
  const followed = new Map<string, Set<Followed>>()
  let lookedAt = clock.now()
  let stopLooking: (() => void) | null = null

  function end(ids: readonly string[]): void {
    for (const id of ids) {
      const ones = followed.get(id) ?? []
      followed.delete(id)
      for (const one of ones) one.listener.ended()
    }
  }

  function leave(one: Followed): void {
    const { credentialId } = one.user
    const ones = followed.get(credentialId)
    ones?.delete(one)
    if (ones?.size === 0) followed.delete(credentialId)
  }

  function endOverdue(): void {
    const dueBefore = clock.now() - checkMs
    for (const ones of followed.values())
      for (const one of ones) {
        if (one.user.checkedAt > dueBefore) continue
        leave(one)
        one.listener.checkDue()
      }
  }

  function computeAccess(one: Followed): void {
    const access = one.user.accessOf(one.user.claims)
    if (isSameAccess(access, one.access)) return
    one.access = access
    one.listener.accessChanged(access)
  }

  function confirm(credentialId: string, confirmation: Confirmation): void {
    for (const one of followed.get(credentialId) ?? []) {
      one.user = { ...one.user, ...confirmation }
      computeAccess(one)
    }
  }

  async function look(): Promise<void> {
    const now = clock.now()
    try {
      const { ended, confirmed = [] } = await credentials.look([...followed.keys()], lookedAt)
      end(ended)
      for (const [id, confirmation] of confirmed) confirm(id, confirmation)
      lookedAt = now
    } catch (error) {
      // Streams stay while the store is away: nothing says that their sessions ended, and every call of theirs fails anyway.
      logger.error({ err: error }, "Could not read which sessions and tokens have ended")
    }
    endOverdue()
    if (followed.size > 0) return
    stopLooking?.()
    stopLooking = null
  }

  const unsubscribe = [
    credentials.onEnded((ended) => {
      end(ended.map(({ id }) => id))
    }),
    ruleBook.onReplaced(() => {
      for (const ones of followed.values()) for (const one of ones) computeAccess(one)
    }),
  ]

  return {
    /** Follows a caller until their session or token ends, or until the returned function is called. */
    follow(user: SignedIn, listener: CallerListener) {
      if (followed.size === 0) lookedAt = clock.now()
      const one = { user, access: user.access, listener }
      const { credentialId } = user
      followed.set(credentialId, (followed.get(credentialId) ?? new Set()).add(one))
      stopLooking ??= repeat(clock, lookEveryMs, look)
      // The rules may have been replaced since the request began.
      computeAccess(one)
      return () => leave(one)
    },
    /** The provider vouched for a caller's claims again, and they may differ. */
    renew: (credentialId: string, claims: RoleClaims) =>
      confirm(credentialId, { claims, checkedAt: clock.now() }),
    stop() {
      stopLooking?.()
      stopLooking = () => {}
      for (const call of unsubscribe) call()
    },
  }
}
