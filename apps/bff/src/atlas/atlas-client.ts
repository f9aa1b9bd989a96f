import type { AtlasApiVersion, Project, RawAnswer } from "@peering-desk/shared-schemas"
import { AppError, ignoring } from "#base/app-error.ts"
import { systemClock, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { AnswerNotices } from "./answer-notices.ts"
import { readList } from "./atlas-answers.ts"
import { createAtlasCaller, type AtlasCallEnd } from "./atlas-call.ts"
import { Circuit } from "./circuit.ts"
import type { DigestKey, ServiceAccount } from "#atlas/auth/atlas-credential.ts"
import { toUnreadable } from "#atlas/protocol/atlas-errors.ts"
import { createAtlasPaths } from "#atlas/protocol/atlas-paths.ts"
import { BearerSigner } from "#atlas/auth/bearer-signer.ts"
import { DigestSigner } from "#atlas/auth/digest-signer.ts"
import { isAnswering } from "#atlas/auth/send-request.ts"
import { readKeyRoot, readSeenProject, type KeyDescription, type SeenProject } from "./key-description.ts"
import { createResourceCalls, type ChangedFields } from "./resource-calls.ts"
import { describeServiceAccount } from "./service-account-description.ts"

/**
 * Makes all calls of Peering Desk to the Atlas Administration API. Every failure is an AppError. A change is never sent twice; the
 * code `outcome_unknown` says that Atlas may have carried it out.
 */
export interface AtlasClient extends ReturnType<typeof createResourceCalls> {
  listProjects(): Promise<Project[]>
}

export type { ChangedFields }

/** Client of one credential, which can also describe that credential. */
export interface AtlasKeyClient extends AtlasClient {
  /**
   * Reads the roles, the access list, the projects and the secrets of the credential.
   * @param serves the projects in which its roles matter
   */
  describeKey(serves: readonly string[] | "*"): Promise<KeyDescription>
  /** The version of its calls. What v1.0 can't answer is asked on v2 all the same. */
  readonly apiVersion: AtlasApiVersion
  /** Collects what Atlas says in its answers about the versions and limits of its API. */
  readonly notices: AnswerNotices
}

export interface AtlasClientOptions {
  /** Scheme and host, e.g. `https://cloud.mongodb.com`; a path before `/api/atlas` is kept. */
  baseUrl: string
  /** Null: v1.0 for an API key, as in Atlas's documentation of peering, and v2 for a service account, which v1.0 refuses. */
  apiVersion: AtlasApiVersion | null
  credential: DigestKey | ServiceAccount
  logger: Logger
  clock?: Clock
  /** Limits one call with all its HTTP requests. A long list takes one call a page. */
  timeoutMs?: number
  /** Called at the end of each call, for the metrics. */
  onCall?: (end: AtlasCallEnd) => void
  /** Called when Atlas answers again after it had not answered any call. */
  onRecovered?: () => void
}

const defaultTimeoutMs = 15_000
/** Atlas's maximum. */
const itemsPerPage = 500
/** A longer list is taken for an endless one. */
const mostPages = 100

/** Builds the client for one credential. Inspecting the client does not reveal the credential. */
export function createAtlasClient(options: AtlasClientOptions): AtlasKeyClient {
  const { credential, logger, clock = systemClock, timeoutMs = defaultTimeoutMs } = options
  const apiVersion = options.apiVersion ?? ("publicKey" in credential ? "v1.0" : "2023-01-01")
  const paths = createAtlasPaths(apiVersion)
  /** Project id → organization id. */
  const orgs = new Map<string, string>()
  const notices = new AnswerNotices({ clock, logger })
  const baseUrl = options.baseUrl.replace(/\/+$/, "")
  const call = createAtlasCaller({
    baseUrl,
    circuit: new Circuit({
      probe: () => isAnswering(new URL(`${baseUrl}${paths.root}`), clock),
      clock,
      logger,
      onRecovered: options.onRecovered ?? (() => {}),
    }),
    mediaType: paths.mediaType,
    signer:
      "publicKey" in credential
        ? new DigestSigner({ ...credential, clock, timeoutMs, challengeUrl: `${baseUrl}${paths.root}` })
        : new BearerSigner({ ...credential, baseUrl, clock, timeoutMs }),
    timeoutMs,
    clock,
    logger,
    onCall: options.onCall ?? (() => {}),
    onAnswer: (method, path, headers) => notices.read(method, path, headers),
  })

  async function listAll(
    path: string,
    query: Record<string, string> = {},
    mediaType: string = paths.mediaType,
  ): Promise<RawAnswer[]> {
    const entries: RawAnswer[] = []
    for (let pageNum = 1; pageNum <= mostPages; pageNum += 1) {
      const parameters = { ...query, pageNum: String(pageNum), itemsPerPage: String(itemsPerPage) }
      const page = await call({
        path: `${path}?${new URLSearchParams(parameters).toString()}`,
        mediaType,
        read: readList,
      })
      entries.push(...page.entries)
      if (page.skipped > 0)
        logger.warn({ path, skipped: page.skipped }, "Atlas listed entries that are not objects")
      const expected = page.totalCount ?? (page.size === itemsPerPage ? Infinity : 0)
      if (page.size === 0 || (!page.hasNext && pageNum * itemsPerPage >= expected)) return entries
    }
    throw toUnreadable(200, "The list has no end", false)
  }

  async function listSeenProjects() {
    const seen = (await listAll(paths.projects)).flatMap((raw) => readSeenProject(raw) ?? [])
    for (const { id, orgId } of seen) if (orgId !== null) orgs.set(id, orgId)
    return seen
  }

  async function readOrgOf(projectId: string) {
    if (!orgs.has(projectId)) await listSeenProjects()
    const orgId = orgs.get(projectId)
    if (orgId !== undefined) return orgId
    throw new AppError("project_not_found", { detail: "Atlas does not tell the project's organization." })
  }

  /** Asks for the policies of the organization to learn if this credential may read them. */
  async function askPolicies(projects: readonly SeenProject[]): Promise<KeyDescription["readsPolicies"]> {
    const orgId = projects.find((project) => project.orgId !== null)?.orgId
    if (orgId == null) return "unknown"
    const mediaType = paths.resourcePoliciesMediaType
    return await call({ path: paths.resourcePolicies(orgId), mediaType, read: () => "yes" as const }).catch(
      (error: unknown) =>
        error instanceof AppError && error.code === "atlas_rights_missing" ? "no" : "unknown",
    )
  }

  const parts = { call, listAll, readOrgOf, paths, logger }
  return {
    apiVersion,
    notices,
    listProjects: async () => (await listSeenProjects()).map(({ id, name }) => ({ id, name })),
    async describeKey(serves) {
      if ("publicKey" in credential) {
        // Not needed to know which projects the key sees.
        const root = await call({ path: paths.root, read: readKeyRoot }).catch(ignoring("atlas_refused"))
        const { roles, accessList } = root ?? { roles: null, accessList: null }
        const projects = await listSeenProjects()
        const readsPolicies = await askPolicies(projects)
        return { roles, accessList, projects, readsPolicies, unknownIn: [], secrets: null }
      }
      const projects = await listSeenProjects()
      const readsPolicies = await askPolicies(projects)
      const served = serves === "*" ? projects : projects.filter(({ id }) => serves.includes(id))
      return {
        projects,
        readsPolicies,
        ...(await describeServiceAccount(parts, credential, projects, served)),
      }
    },
    ...createResourceCalls(parts),
  }
}
