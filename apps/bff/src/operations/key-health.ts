import { toCount } from "@peering-desk/peering-rules"
import { AtlasId, type KeyReport, type Project, type SecretReport } from "@peering-desk/shared-schemas"
import type { AtlasClients } from "#atlas/atlas-clients.ts"
import type { KeyDescription } from "#atlas/key-description.ts"
import type { KeyInUse } from "#atlas/key-in-use.ts"
import { itself, type AuditActor } from "#audit/audit-events.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { toAppError, type AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { problemStatus } from "#base/problem-status.ts"
import { toKeyProblem } from "./key-problem.ts"
import { mayCreateIn, rolesIn } from "./key-rights.ts"
import { secretWarnings, toSecretReport } from "./secret-expiry.ts"

interface KeyHealthOptions {
  clients: AtlasClients
  audit: Pick<AuditLog, "record">
  clock: Clock
  logger: Logger
}

interface Asker {
  actor: AuditActor
  /** The network address they ask from. */
  address: string | null
}

type TestResult = { checkedAt: string } & (
  | { described: KeyDescription; projects: ReadonlyMap<string, KeyDescription["projects"][number]> }
  | { failed: AppError }
)

/** Tests every Atlas credential, and keeps what came of it until the next test or until the credential is replaced. */
export class KeyHealth {
  readonly #options: KeyHealthOptions
  readonly #results = new WeakMap<KeyInUse, TestResult>()
  /** The outcome recorded last. */
  readonly #told = new WeakMap<KeyInUse, string>()
  /** The warning about the secret's end that was logged last. */
  readonly #warned = new WeakMap<KeyInUse, SecretReport["warning"]>()
  /** The errors in changed files, which is why the values from before stay in use; null without errors. */
  configurationProblem: string | null = null
  #testing: { keys: readonly KeyInUse[]; ended: Promise<unknown> } | null = null

  constructor(options: KeyHealthOptions) {
    this.#options = options
  }

  /** Returns the reports in the order of the configuration. */
  reports(): KeyReport[] {
    return this.#options.clients.keys().map((key) => this.#toReport(key))
  }

  /** Returns when the credentials were last tested, and what all of them had in common; null before. */
  lastTest(): { at: number; allPassed: boolean; allFailed: boolean } | null {
    const results = this.#options.clients.keys().flatMap((key) => this.#results.get(key) ?? [])
    if (results.length < this.#options.clients.keys().length) return null
    const failed = results.filter((result) => "failed" in result).length
    const at = Math.max(...results.map(({ checkedAt }) => Date.parse(checkedAt)))
    return { at, allPassed: failed === 0, allFailed: failed === results.length }
  }

  /** Lists when secrets expire, as far as Atlas tells. */
  secrets(): (SecretReport & { label: string })[] {
    return this.reports().flatMap(({ label, secret }) => (secret === null ? [] : { ...secret, label }))
  }

  /**
   * Tests all credentials now; simultaneous callers share one test. Failures are in the reports. The audit log records every test that
   * somebody asked for, and the server's own tests when an outcome changes.
   * @param asker who asks; null for the server itself
   * @throws the audit log's error when the requester can't be recorded
   */
  async testAll(asker: Asker | null = null): Promise<KeyReport[]> {
    const keys = this.#options.clients.keys()
    // One that began before the credentials were replaced tells nothing about these.
    if (this.#testing?.keys !== keys) {
      const testing = { keys, ended: this.#testEach(keys) }
      this.#testing = testing
      void testing.ended.finally(() => {
        if (this.#testing === testing) this.#testing = null
      })
    }
    await this.#testing?.ended
    for (const key of keys) await this.#tell(key, asker)
    return this.reports()
  }

  /** Returns the kind of a project's credential, its version of the API, and whether it may create peerings there by its last test. */
  rightsIn(projectId: string): Pick<Project, "keyKind" | "apiVersion" | "keyMayCreate"> {
    const key = this.#options.clients.keyFor(projectId)
    if (key === null) return { keyMayCreate: "unknown" }
    const result = this.#results.get(key)
    const test = result !== undefined && "described" in result ? result : null
    const project = test?.projects.get(projectId)
    const known = test !== null && project !== undefined
    const keyMayCreate = known ? mayCreateIn(project, test.described) : "unknown"
    return { keyKind: key.credential.kind, apiVersion: key.apiVersion, keyMayCreate }
  }

  async #testEach(keys: readonly KeyInUse[]): Promise<void> {
    await Promise.all(keys.map((key) => this.#test(key)))
    // Which credential serves a project that several see is known only after they were asked together.
    if (keys.length > 1) await this.#options.clients.listProjects().catch(() => undefined)
  }

  async #test(key: KeyInUse): Promise<void> {
    const { clock, logger } = this.#options
    const { label: credential, kind } = key.credential
    try {
      const described = await key.run((client) => client.describeKey(key.credential.projects))
      const projects = new Map(described.projects.map((project) => [project.id, project]))
      this.#results.set(key, { checkedAt: toInstant(clock.now()), described, projects })
      logger.info({ credential, kind, projects: described.projects.length }, "Tested an Atlas credential")
      this.#warnOfEnd(key)
    } catch (thrown) {
      const failed = toAppError(thrown, "internal_error")
      this.#results.set(key, { checkedAt: toInstant(clock.now()), failed })
      const { means } = toKeyProblem(failed, key.credential)
      logger.warn(
        { credential, kind, code: failed.code, means, err: thrown },
        "An Atlas credential failed its test",
      )
    }
  }

  /** Logs a warning once for each step towards the end of a secret. */
  #warnOfEnd(key: KeyInUse): void {
    const { label, secret } = this.#toReport(key)
    const warning = secret?.warning ?? null
    if (warning !== null && warning !== this.#warned.get(key))
      this.#options.logger.warn(
        { credential: label, expiresAt: secret?.expiresAt, warning },
        "The secret of an Atlas credential expires and has to be replaced",
      )
    this.#warned.set(key, warning)
  }

  async #tell(key: KeyInUse, asker: Asker | null): Promise<void> {
    const { audit, logger } = this.#options
    const { label, maskedId } = key.credential
    const verdict = this.#toVerdict(key)
    if (asker === null && this.#told.get(key) === verdict) return
    // Before it is written, so that of two who asked for one test nobody tells it as news.
    this.#told.set(key, verdict)
    const detail = { label, publicKey: maskedId, verdict }
    const written = audit.record({ ...(asker ?? itself), action: "key-tested", detail })
    if (asker !== null) return await written
    await written.catch((error: unknown) => {
      this.#told.delete(key)
      logger.error(
        { err: error, credential: label },
        "Could not write the test of a credential to the audit log",
      )
    })
  }

  /** The outcome of its last test in a few words. */
  #toVerdict(key: KeyInUse): string {
    const { problem, shortcomings, secret } = this.#toReport(key)
    if (problem !== null) return `failed: ${problemStatus[problem.code].title}`
    const rights =
      shortcomings.length === 0 ? "works" : `works, with ${toCount(shortcomings.length, "shortcoming")}`
    const end = secretWarnings.find(({ warning }) => warning === secret?.warning)
    return end === undefined ? rights : `${rights}, secret ${end.says}`
  }

  #toReport(key: KeyInUse): KeyReport {
    const { credential } = key
    const { label, kind, maskedId, projects } = credential
    const result = this.#results.get(key)
    const serves = projects === "*" ? projects : [...projects]
    const about = {
      label,
      kind,
      maskedId,
      apiVersion: key.apiVersion,
      serves,
      checkedAt: result?.checkedAt ?? null,
      deprecations: key.notices.deprecations(),
      lowestLimit: key.notices.lowestLimit(),
    }
    const nothing = {
      roles: null,
      reach: null,
      shortcomings: [],
      accessList: null,
      accessListSays: null,
      readsPolicies: "unknown" as const,
      secret: null,
    }
    if (result === undefined) return { ...about, ...nothing, problem: null }
    if ("failed" in result) return { ...about, ...nothing, problem: toKeyProblem(result.failed, credential) }
    const { roles, accessList, readsPolicies, secrets } = result.described
    return {
      ...about,
      roles,
      reach: this.#reachOf(key, result.described).map(({ orgId: _orgId, ...project }) => project),
      shortcomings: this.#findShortcomings(key, result.described),
      accessList,
      accessListSays: describeAccessList(accessList),
      readsPolicies,
      problem: null,
      secret: toSecretReport(label, secrets, this.#options.clock.now(), findOrganization(result.described)),
    }
  }

  /** A project that another credential serves is not among them, though this one sees it. */
  #reachOf(key: KeyInUse, described: KeyDescription) {
    return described.projects
      .filter(({ id }) => {
        const server = this.#options.clients.keyFor(id)
        return server === key || (server === null && key.credential.projects === "*")
      })
      .map((project) => ({ ...project, keyMayCreate: mayCreateIn(project, described) }))
  }

  #findShortcomings(key: KeyInUse, described: KeyDescription): KeyReport["shortcomings"] {
    const { label, projects } = key.credential
    const seen = new Set(described.projects.map(({ id }) => id))
    const unseen = projects === "*" ? [] : projects.filter((id) => !seen.has(id))
    return [
      ...this.#reachOf(key, described)
        .filter(({ keyMayCreate }) => keyMayCreate === "no")
        .map((project) => {
          const held = rolesIn(project, described.roles ?? []).map(({ roleName }) => roleName)
          const says = `"${label}" cannot create connections in ${project.name}: it has ${held.join(", ")} there. Give it the role Project Network Access Manager (GROUP_NETWORK_ACCESS_MANAGER) on that project, or Project Owner (GROUP_OWNER) to create containers too.`
          return { projectId: project.id, says }
        }),
      ...unseen.map((projectId) => ({
        projectId,
        says: `"${label}" is configured for project ${projectId} but does not see it: add it to that project in Atlas, or take the project out of the configuration.`,
      })),
    ]
  }
}

function findOrganization({ projects }: KeyDescription): string | null {
  return AtlasId.safeParse(projects.find(({ orgId }) => orgId !== null)?.orgId).data ?? null
}

function describeAccessList(accessList: readonly string[] | null): string | null {
  if (accessList === null) return null
  if (accessList.length === 0)
    return "Its API access list is empty: it may be used from anywhere, unless the organization requires a list."
  const halves = ["0.0.0.0/1", "128.0.0.0/1"].every((half) => accessList.includes(half))
  if (halves || accessList.includes("0.0.0.0/0")) return "Usable from any IPv4 address."
  return `It may be used from ${accessList.join(", ")}.`
}
