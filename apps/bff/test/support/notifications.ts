import type { CreateNotificationRoute, NotificationKind } from "@peering-desk/shared-schemas"
import { ApiTokens } from "#api-tokens/api-tokens.ts"
import { TokenOwners } from "#api-tokens/token-owners.ts"
import { createLogger } from "#base/logger.ts"
import type { Clock } from "#base/clock.ts"
import type { MailSettings } from "#notifications/channels/mail.ts"
import { createNotifications } from "#notifications/create-notifications.ts"
import { toTarget } from "#notifications/route-target.ts"
import { addFindings, type NewFinding } from "#events/findings.ts"
import { createRuleBook, type RuleBook } from "#sign-in/access-rules.ts"
import { step } from "#store/step.ts"
import type { Store } from "#store/store.ts"
import { olivia, openAuditLog, projectId } from "./audit-log.ts"

/** Opens the notifications of a store, as one process has them. */
export function openNotifications(store: Store, clock: Clock, mail: MailSettings | null = null) {
  const audit = openAuditLog(store, clock)
  const ruleBook: RuleBook = createRuleBook({
    rules: [
      { claim: "groups", equals: "admins", role: "administrator", projects: "*" },
      { claim: "groups", equals: "payments", role: "viewer", projects: [projectId] },
    ],
  })
  const tokenOwners = new TokenOwners({ store, audit, clock, apiTokens: new ApiTokens({ store, clock }) })
  const insideHosts = ["127.0.0.1"]
  const logs: string[] = []
  const notifications = createNotifications({
    settings: { mail, insideHosts },
    secrets: ["a-secret"],
    ruleBook,
    tokenOwners,
    ownerMs: 30 * 24 * 60 * 60_000,
    publicUrl: new URL("https://desk.example.com"),
    nameProject: (id) => Promise.resolve(id === projectId ? "payments-prod" : null),
    leads: () => true,
    readVersion: () => null,
    noteTimedEvents: () => Promise.resolve(),
    signInClock: clock,
    logger: createLogger("warn", { write: (line: string) => void logs.push(line) }),
    store,
    audit,
    clock,
  })
  return {
    ...notifications,
    logs,
    audit,
    tokenOwners,
    ruleBook,
    /** Adds a route of all events, unless it is given other ones. Returns its id. */
    async addRoute(
      target: Pick<CreateNotificationRoute, "channel" | "url" | "addresses">,
      more: { name?: string; events?: NotificationKind[] } = {},
    ): Promise<string> {
      const { name = target.channel, events = ["failed", "available", "left-available"] } = more
      const id = `route-${name}`
      const rules = { insideHosts, canMail: mail !== null }
      await notifications.routes.add(
        {
          id,
          name,
          channel: target.channel,
          ...toTarget(target.channel, target, rules),
          projects: "*",
          clouds: ["AWS", "GCP", "AZURE"],
          events,
          createdAt: clock.now(),
          createdBy: olivia.name,
          off: null,
        },
        store.db,
      )
      return id
    },
    /** Adds findings as one poll would. */
    async tell(...findings: NewFinding[]): Promise<void> {
      await step(store, ({ transaction }) => addFindings(transaction, findings))
    },
  }
}

/** A connection that failed, the nth of them. */
export function failed(index: number, at: number): NewFinding {
  return {
    at,
    kind: "peering-status",
    about: { projectId, providerName: "AWS", peeringId: index.toString(16).padStart(24, "0") },
    status: "FAILED",
    notifications: ["failed"],
    values: { name: `vpc-${index}`, why: "the addresses overlap" },
  }
}
