import {
  readContainer,
  type Container,
  type PeeringRequest,
  type Project,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { systemClock, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { readList, readObject, readProviderName } from "./atlas-answers.ts"
import { createAtlasCaller, type AtlasCallEnd } from "./atlas-call.ts"
import type { DigestKey, ServiceAccount } from "./atlas-credential.ts"
import { toUnreadable } from "./atlas-errors.ts"
import { createAtlasPaths, type AtlasApiVersion } from "./atlas-paths.ts"
import { BearerFetch } from "./bearer-fetch.ts"
import { DigestFetch } from "./digest-fetch.ts"
import { readKeyRoot, readSeenProject, type KeyDescription } from "./key-description.ts"

/** Everything Peering Desk asks of the Atlas Administration API. Every failure is an AppError. */
export interface AtlasClient {
  listProjects(): Promise<Project[]>
  /** Atlas lists one cloud at a time. */
  listPeers(projectId: string, providerName: ProviderName): Promise<RawAnswer[]>
  getPeer(projectId: string, peerId: string): Promise<RawAnswer>
  /** Never sent twice; the code `outcome_unknown` says that it may have been carried out. */
  createPeer(projectId: string, request: PeeringRequest): Promise<RawAnswer>
  /** The containers of every cloud. */
  listContainers(projectId: string): Promise<Container[]>
}

/** The speaker of one credential, which can also tell what Atlas thinks of it. */
export interface AtlasKeyClient extends AtlasClient {
  /** Roles, access list and projects of the credential itself. */
  describeKey(): Promise<KeyDescription>
}

export interface AtlasClientOptions {
  /** Scheme and host, as `https://cloud.mongodb.com`; a path before `/api/atlas` is kept. */
  baseUrl: string
  apiVersion: AtlasApiVersion
  credential: DigestKey | ServiceAccount
  logger: Logger
  clock?: Clock
  /** For one call, over all the HTTP requests it takes; a long list takes one call a page. */
  timeoutMs?: number
  /** Told of the end of each call, for the metrics. */
  onCall?: (end: AtlasCallEnd) => void
}

const defaultTimeoutMs = 15_000
/** The most that Atlas gives. */
const itemsPerPage = 500
/** A list that goes on longer than this has no end. */
const mostPages = 100

/** Builds the speaker to Atlas for one credential, which is kept where no inspection of the result finds it. */
export function createAtlasClient(options: AtlasClientOptions): AtlasKeyClient {
  const { apiVersion, credential, logger, clock = systemClock, timeoutMs = defaultTimeoutMs } = options
  const paths = createAtlasPaths(apiVersion)
  const baseUrl = options.baseUrl.replace(/\/+$/, "")
  const call = createAtlasCaller({
    baseUrl,
    mediaType: paths.mediaType,
    signer:
      "publicKey" in credential
        ? new DigestFetch({ ...credential, clock, timeoutMs })
        : new BearerFetch({ ...credential, baseUrl, clock, timeoutMs }),
    timeoutMs,
    clock,
    logger,
    onCall: options.onCall ?? (() => {}),
  })

  async function listAll(path: string, query: Record<string, string> = {}): Promise<RawAnswer[]> {
    const entries: RawAnswer[] = []
    for (let pageNum = 1; pageNum <= mostPages; pageNum += 1) {
      const parameters = { ...query, pageNum: String(pageNum), itemsPerPage: String(itemsPerPage) }
      const page = await call({
        path: `${path}?${new URLSearchParams(parameters).toString()}`,
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
    return (await listAll(paths.projects)).flatMap((raw) => readSeenProject(raw) ?? [])
  }

  return {
    listProjects: async () => (await listSeenProjects()).map(({ id, name }) => ({ id, name })),
    async describeKey() {
      const root = await call({ path: paths.root, read: readKeyRoot }).catch((error: unknown) => {
        // Whether a service account may ask for the root is not documented. What it sees can be told without.
        if (error instanceof AppError && error.code === "atlas_refused")
          return { roles: null, accessList: null }
        throw error
      })
      return { ...root, projects: await listSeenProjects() }
    },
    listPeers: (projectId, providerName) => listAll(paths.peers(projectId), { providerName }),
    getPeer: (projectId, peerId) => call({ path: paths.peer(projectId, peerId), read: readObject }),
    createPeer: (projectId, request) =>
      call({ path: paths.peers(projectId), create: request, read: readObject }),
    async listContainers(projectId) {
      return (await listAll(paths.allContainers(projectId))).flatMap((raw) => {
        const providerName = readProviderName(raw)
        const container = providerName === null ? null : readContainer(raw, providerName)
        if (container === null)
          logger.warn({ projectId, id: raw["id"] }, "Atlas listed a container that cannot be read")
        return container ?? []
      })
    },
  }
}
