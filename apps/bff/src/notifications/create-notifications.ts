import type { TokenOwners } from "#api-tokens/token-owners.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import { CachedRead } from "#base/cached-read.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Secrets } from "#base/derived-keys.ts"
import { createMailSender, type MailSettings } from "#notifications/channels/mail.ts"
import { resolveHost, type Resolve } from "#notifications/channels/post-to-target.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import { Inboxes } from "./inbox.ts"
import { createInboxHandlers } from "./inbox-handlers.ts"
import { createMailReaders } from "./mail-readers.ts"
import { MessageTable } from "./message-table.ts"
import { createNotificationRouteHandlers } from "./route-handlers.ts"
import { RouteTable } from "./route-table.ts"
import { createNotificationSender, type SenderDeps } from "./sender.ts"

export interface NotificationSettings {
  /** Null without a mail server. */
  mail: MailSettings | null
  /** Hosts that may have an address that is not public. */
  insideHosts: readonly string[]
}

interface NotificationDeps extends Omit<SenderDeps, keyof BuiltHere> {
  settings: NotificationSettings
  secrets: Secrets
  audit: AuditLog
  ruleBook: RuleBook
  tokenOwners: TokenOwners
  ownerMs: number
  /** The clock of sign-ins, where a demo simulates the other one. */
  signInClock: Clock
  resolve?: Resolve
}

type BuiltHere = Pick<SenderDeps, "routes" | "messages" | "mail" | "mailReaders" | "insideHosts" | "resolve">

/** Prometheus takes a server whose metrics come too late for dead. Its two gauges share one count. */
const readMetricsWithinMs = 2_000

/** Builds what gathers, sends and shows notifications. */
export function createNotifications(deps: NotificationDeps) {
  const { settings, secrets, store, ruleBook, ownerMs, signInClock, resolve = resolveHost } = deps
  const mail = settings.mail && createMailSender(settings.mail)
  const built = {
    ...deps,
    insideHosts: settings.insideHosts,
    resolve,
    routes: new RouteTable(store, secrets),
    messages: new MessageTable(deps),
    inboxes: new Inboxes(deps),
    mail,
    canMail: mail !== null,
    mailReaders: createMailReaders({ store, ruleBook, ownerMs, clock: signInClock }),
  }
  const { routes, messages, mailReaders } = built
  const sender = createNotificationSender(built)
  const counts = new CachedRead(() => messages.count(), signInClock)
  return {
    routes,
    messages,
    mail,
    mailReaders,
    sender,
    /** @throws AppError when the database does not answer in time */
    async readMetrics() {
      const counting = counts.give(readMetricsWithinMs)
      await waitAtMost(signInClock, readMetricsWithinMs, [counting])
      if (!counts.isFresh(Infinity)) throw new AppError("store_unavailable")
      const { waiting, failed, oldestAt } = await counting
      return { waiting, failed, lagMs: oldestAt === null ? 0 : Math.max(0, deps.clock.now() - oldestAt) }
    },
    handlers: {
      ...createNotificationRouteHandlers({ ...built, sender }),
      ...createInboxHandlers(built),
    },
  }
}
