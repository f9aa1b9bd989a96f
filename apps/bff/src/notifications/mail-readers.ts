import type { NotificationKind } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { NotificationEvent } from "#events/notifications.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import { toMailAddress } from "#sign-in/provider/mail-address.ts"
import type { RoleClaims } from "#sign-in/provider/role-claims.ts"
import type { Store } from "#store/store.ts"
import { maySeeEvent } from "./recipients.ts"

interface MailReaderDeps {
  store: Store
  ruleBook: RuleBook
  clock: Clock
  /** The time for which the provider's word about somebody who is away counts. */
  ownerMs: number
}

export type MailReaders = ReturnType<typeof createMailReaders>

/** The people who chose to get e-mail. One whom the provider no longer vouches for, or who has been away for too long, gets none. */
export function createMailReaders({ store, ruleBook, clock, ownerMs }: MailReaderDeps) {
  async function list(db = store.db, userKey: string | null = null) {
    const rows = await db
      .selectFrom("inbox_reader")
      .innerJoin("token_owner", "token_owner.user_key", "inbox_reader.user_key")
      .select(["inbox_reader.user_key", "mail_events", "email", "claims"])
      .where("mail_events", "!=", "[]")
      .where("refused_at", "is", null)
      .where("confirmed_at", ">", clock.now() - ownerMs)
      .$if(userKey !== null, (query) => query.where("inbox_reader.user_key", "=", userKey))
      .execute()
    return rows.flatMap(({ user_key, mail_events, email, claims }) => {
      const current = JSON.parse(claims) as RoleClaims
      const { address } = toMailAddress({ identity: { email }, claims: current })
      if (address === null) return []
      const access = ruleBook.accessOf(current)
      const events = JSON.parse(mail_events) as NotificationKind[]
      return [
        {
          userKey: user_key,
          /** One, for which the identity provider vouches. */
          address,
          events,
          /** By the claims that the provider last vouched for, and the rules of now. */
          maySee: (event: NotificationEvent) => maySeeEvent({ userKey: user_key, access }, event),
        },
      ]
    })
  }

  return { list, find: async (userKey: string) => (await list(store.db, userKey)).at(0) ?? null }
}
