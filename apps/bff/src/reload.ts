import { isDeepStrictEqual } from "node:util"
import type { AuditEvent } from "#audit/audit-events.ts"
import { repeat, type Clock } from "#base/clock.ts"
import { toConfigurationEvents } from "#operations/configuration-events.ts"
import type { Config } from "./config.ts"
import { parseDatabaseUrl } from "./environment.ts"
import type { Services } from "./services.ts"

/** The files are read this often; they are small. */
const readEveryMs = 5_000

type ReloadedServices = Pick<
  Services,
  | "approvalPolicy"
  | "audit"
  | "clients"
  | "handOffSigner"
  | "keyHealth"
  | "logger"
  | "metricsAccess"
  | "newSecrets"
  | "notifications"
  | "oidc"
  | "pendingSignIns"
  | "projectCache"
  | "ruleBook"
  | "sessionSecrets"
  | "store"
>

interface ReloaderDeps {
  services: ReloadedServices
  /** The configuration that the services were built with. */
  config: Config
  /** @throws Error with everything that is wrong, without any value */
  read: () => Config
  record: (events: readonly AuditEvent[]) => Promise<void>
  clock: Clock
}

export type Reloader = ReturnType<typeof createReloader>

/**
 * Follows the files that the configuration names, and replaces access rules, the approval policy, Atlas credentials and secrets while
 * the server runs. Reads whole files instead of watching them: Kubernetes changes no file, it swaps a link to their folder.
 */
export function createReloader({ services, config, read, record, clock }: ReloaderDeps) {
  const { keyHealth, logger } = services
  let inUse = config
  let seen: Config | string = config
  let stop = () => {}

  function tryRead(): Config | string {
    try {
      const next = read()
      if (isSameDatabase(next.store.databaseUrl, config.store.databaseUrl)) return next
      return "DATABASE_URL names another database, which needs a restart"
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  /** Keeps the secret in use of a service account whose new one Atlas does not accept. */
  async function admit(read: Config): Promise<{ next: Config; problem: string | null }> {
    const { credentials, problems } = await services.newSecrets.admit(read.atlas.credentials)
    const problem = problems.length === 0 ? null : problems.join("\n")
    if (problem !== null && problem !== keyHealth.configurationProblem)
      logger.warn({ problem }, "A new secret for Atlas can't be used; the one from before stays in use")
    return { next: { ...read, atlas: { ...read.atlas, credentials } }, problem }
  }

  async function use(next: Config): Promise<void> {
    const { atlas, signIn } = next
    const before = services.clients.keys().map(({ credential }) => credential)
    // A policy that was taken away is one without lines.
    const approvalPolicy = next.approvalPolicy ?? (inUse.approvalPolicy && { lines: [] })
    await record(toConfigurationEvents({ ...signIn, ...atlas, approvalPolicy }, before))
    services.ruleBook.replace(signIn.accessRules)
    services.approvalPolicy.replace(next.approvalPolicy)
    logger.info("Reloaded the access rules and the approval policy; they apply from the next request")
    for (const warning of next.warnings) logger.warn({ warning }, "Configuration warning")
    await replaceSecrets(services, inUse, next)
    inUse = next
    keyHealth.configurationProblem = null
    await services.clients.replaceCredentials(atlas.credentials)
    const idle = before.filter(
      (old) => !atlas.credentials.some((one) => one.label === old.label && one.signsLike(old)),
    )
    if (idle.length > 0)
      logger.info(
        { credentials: idle.map(({ label }) => label) },
        "Replaced Atlas credentials; the old ones are idle and may be revoked",
      )
    services.projectCache.projects.expire()
    await keyHealth.testAll()
  }

  /** Uses what was read, if it can be used and is new, or an operator asks for it. */
  async function apply(found: Config | string, isAsked: boolean): Promise<void> {
    if (typeof found === "string") {
      if (isAsked) logger.error({ problem: found }, "Reload failed: the values from before stay in use")
      else if (found !== keyHealth.configurationProblem)
        logger.warn({ problem: found }, "A changed file can't be used; the values from before stay in use")
      keyHealth.configurationProblem = found
      return
    }
    const { next, problem } = await admit(found)
    if (problem === null && keyHealth.configurationProblem !== null)
      logger.info("The changed files can be used again")
    if (isAsked || !isSame(next, inUse)) await use(next)
    keyHealth.configurationProblem = problem
  }

  /**
   * Reads the files, and uses a change once two reads in a row agree on it: a file may be half written, or one of two that belong
   * together not there yet. Errors are logged, and the values from before stay in use.
   */
  async function look(): Promise<void> {
    const before = seen
    seen = tryRead()
    if (isSame(before, seen)) await apply(seen, false)
  }

  const logFailure = (error: unknown) => logger.error({ err: error }, "Could not use the changed files")

  return {
    start() {
      stop = repeat(clock, readEveryMs, () => look().catch(logFailure))
    },
    stop: () => stop(),
    look,
    /** Reads and uses everything at once, as an operator asks. */
    async reload() {
      seen = tryRead()
      await apply(seen, true).catch(logFailure)
    },
  }
}

async function replaceSecrets(services: ReloadedServices, before: Config, next: Config): Promise<void> {
  const { sessionSecrets, clientSecret } = next.signIn
  const replaced: string[] = []
  if (!isDeepStrictEqual(sessionSecrets, before.signIn.sessionSecrets)) {
    services.sessionSecrets.splice(0, Infinity, ...sessionSecrets)
    services.pendingSignIns.replaceSecrets(sessionSecrets)
    services.handOffSigner.replaceSecrets(sessionSecrets)
    await services.audit.keys.replaceSecrets(sessionSecrets)
    await services.notifications.routes.replaceSecrets(sessionSecrets)
    replaced.push("SESSION_SECRET")
  }
  if (clientSecret !== before.signIn.clientSecret) {
    services.oidc.replaceClientSecret(clientSecret)
    replaced.push("OIDC_CLIENT_SECRET")
  }
  if (next.metricsToken !== before.metricsToken) {
    services.metricsAccess.token = next.metricsToken
    replaced.push("METRICS_TOKEN")
  }
  const { mail } = next.notifications
  if (mail !== null && mail.url.href !== before.notifications.mail?.url.href) {
    services.notifications.mail?.replaceUrl(mail.url)
    replaced.push("SMTP_URL")
  }
  const { databaseUrl } = next.store
  if (databaseUrl !== undefined && databaseUrl !== before.store.databaseUrl) {
    services.store.replaceUrl(databaseUrl)
    replaced.push("DATABASE_URL")
  }
  if (replaced.length > 0) services.logger.info({ replaced }, "Reloaded secrets")
}

/** Compares what can be replaced while the server runs. */
function isSame(one: Config | string, other: Config | string): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other
  const pick = ({ approvalPolicy, signIn, metricsToken, notifications, store }: Config) => {
    const { accessRules, clientSecret, sessionSecrets } = signIn
    const { databaseUrl } = store
    const mailUrl = notifications.mail?.url.href
    return { accessRules, approvalPolicy, clientSecret, sessionSecrets, metricsToken, mailUrl, databaseUrl }
  }
  const [ours, theirs] = [one.atlas.credentials, other.atlas.credentials]
  return (
    isDeepStrictEqual(pick(one), pick(other)) &&
    ours.length === theirs.length &&
    ours.every((credential, index) => {
      const same = theirs[index]
      if (same === undefined || credential.label !== same.label) return false
      return credential.signsLike(same) && isDeepStrictEqual(credential.projects, same.projects)
    })
  )
}

/** A user or a password may change, the database itself may not. */
function isSameDatabase(one: string | undefined, other: string | undefined): boolean {
  const [here, there] = [one, other].map((text) => {
    const url = text === undefined ? null : parseDatabaseUrl(text)
    return url && Object.assign(url, { username: "", password: "" }).href
  })
  return here === there
}
