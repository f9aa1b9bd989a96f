import {
  AccessListEntry,
  ProjectSetting,
  readCluster,
  readContainer,
  type AddToAccessList,
  type AwsPeeringRequest,
  type Cluster,
  type Container,
  type NewContainer,
  type PeeringRequest,
  type ProviderName,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import type { Logger } from "#base/logger.ts"
import type { AtlasPaths } from "#atlas/protocol/atlas-paths.ts"
import { readAnswered, readList, readObject, readProviderName, type Answered } from "./atlas-answers.ts"
import type { CallAtlas } from "./atlas-call.ts"
import { readEventPage, toEventQuery } from "./project-events.ts"
import { readResourcePolicies } from "./resource-policies.ts"

/** Dependencies of the calls about a kind of resource. */
export interface CallDeps {
  call: CallAtlas
  /** Reads every entry of a list, page by page. */
  listAll: (path: string, query?: Record<string, string>, mediaType?: string) => Promise<RawAnswer[]>
  /** Finds the organization of a project. */
  readOrgOf: (projectId: string) => Promise<string>
  paths: AtlasPaths
  logger: Logger
}

/** Some or all fields of an AWS peering. */
export type ChangedFields = Pick<AwsPeeringRequest, "providerName"> & Partial<AwsPeeringRequest>

const PositiveValue = z.object({ value: z.number().check(z.positive()) })
/** A token bucket for some endpoints (Atlas: List All Rate Limits). */
const EndpointSet = z.object({
  endpoints: z.array(z.object({ method: z.string(), path: z.string() })),
  refillRate: PositiveValue,
  refillDurationSeconds: PositiveValue,
})

/** Builds the calls about the resources of a project. */
export function createResourceCalls({ call, listAll, readOrgOf, paths, logger }: CallDeps) {
  function patch<T>(path: string, body: object, read: (body: unknown) => T | null): Promise<Answered<T>> {
    return call({ path, change: { method: "PATCH", body }, read: readAnswered(read) })
  }

  function remove(path: string): Promise<Answered<true>> {
    return call({ path, change: { method: "DELETE" }, read: readAnswered(() => true as const) })
  }

  return {
    /** Lists the peerings of one cloud, since Atlas lists one cloud at a time. */
    listPeers: (projectId: string, providerName: ProviderName) =>
      listAll(paths.peers(projectId), { providerName }),
    getPeer: (projectId: string, peerId: string) =>
      call({ path: paths.peer(projectId, peerId), read: readObject }),
    createPeer: (projectId: string, request: PeeringRequest) =>
      call({ path: paths.peers(projectId), change: { method: "POST", body: request }, read: readObject }),
    /** Changes a peering. Without `providerName` Atlas does not find it. */
    changePeer: (projectId: string, peerId: string, fields: ChangedFields) =>
      patch(paths.peer(projectId, peerId), fields, readObject),
    /** Resolves when Atlas has begun to delete the peering. */
    deletePeer: (projectId: string, peerId: string) => remove(paths.peer(projectId, peerId)),

    /** Lists the containers of all clouds. */
    async listContainers(projectId: string): Promise<Container[]> {
      return (await listAll(paths.allContainers(projectId))).flatMap((raw) => {
        const providerName = readProviderName(raw)
        const container = providerName === null ? null : readContainer(raw, providerName)
        if (container === null)
          logger.warn({ projectId, id: raw["id"] }, "Atlas listed a container that cannot be read")
        return container ?? []
      })
    },
    createContainer: (projectId: string, container: NewContainer) =>
      call({
        path: paths.containers(projectId),
        change: { method: "POST", body: container },
        // The answer of v1.0 does not name the cloud.
        read: readAnswered((body) => {
          const raw = readObject(body)
          return raw === null ? null : readContainer(raw, container.providerName)
        }),
      }),
    /** Deletes a container. Atlas refuses while anything uses it. */
    deleteContainer: (projectId: string, providerName: ProviderName, containerId: string) =>
      remove(
        `${paths.container(projectId, containerId)}?${new URLSearchParams({ providerName }).toString()}`,
      ),

    /** Reads "Connect via Peering Only" (Atlas: Get and Set `privateIpMode`, both deprecated). */
    readPrivateIpMode: (projectId: string) =>
      call({ path: paths.privateIpMode(projectId), read: readAs(ProjectSetting) }),
    changePrivateIpMode: (projectId: string, enabled: boolean) =>
      patch(paths.privateIpMode(projectId), { enabled }, readAs(ProjectSetting)),

    async listAccessList(projectId: string): Promise<AccessListEntry[]> {
      const entries = await listAll(paths.accessList(projectId))
      return entries.map(readAs(AccessListEntry)).filter((entry) => entry !== null)
    },
    /** Adds an entry, or replaces the comment of a known one. Atlas wants one such call at a time in a project. */
    addToAccessList: (projectId: string, entry: AddToAccessList["entry"]) =>
      call({
        path: paths.accessList(projectId),
        change: { method: "POST", body: [entry] },
        read: readAnswered(readList),
      }),
    /** Returns ACTIVE, PENDING, FAILED or an unknown word. */
    readAccessListStatus: (projectId: string, entry: string) =>
      call({ path: paths.accessListStatus(projectId, entry), read: readStatusWord }),

    /** Lists the clusters of all clouds with their connection strings, which must not be logged. */
    async listClusters(projectId: string): Promise<Cluster[]> {
      const listed = await listAll(paths.clusters(projectId), {}, paths.clustersMediaType)
      const clusters = listed.flatMap((raw) => readCluster(raw) ?? [])
      const skipped = listed.length - clusters.length
      if (skipped > 0) logger.warn({ projectId, skipped }, "Atlas listed clusters that cannot be read")
      return clusters
    },
    /** Reads whether clusters on AWS have names for the project's own DNS servers. */
    readAwsCustomDns: (projectId: string) =>
      call({ path: paths.awsCustomDns(projectId), read: readAs(ProjectSetting) }),
    changeAwsCustomDns: (projectId: string, enabled: boolean) =>
      patch(paths.awsCustomDns(projectId), { enabled }, readAs(ProjectSetting)),

    /** Lists the resource policies of a project's organization. Takes Organization Read Only. */
    listResourcePolicies: async (projectId: string) =>
      await call({
        path: paths.resourcePolicies(await readOrgOf(projectId)),
        mediaType: paths.resourcePoliciesMediaType,
        read: readResourcePolicies,
      }),

    /** Reads one page of the events about peerings, containers and the access list between two times, newest first. */
    listEvents: (projectId: string, period: { from: number; until: number | null }) =>
      call({
        path: `${paths.events(projectId)}?${toEventQuery(period)}`,
        mediaType: paths.eventsMediaType,
        read: readEventPage,
      }),

    /** Reads how many calls a minute Atlas allows for the peerings of a project, in the long run; null where it does not say. */
    async readPeeringLimit(projectId: string): Promise<number | null> {
      if (paths.rateLimits === null) return null
      const sets = await listAll(paths.rateLimits, { groupId: projectId }, paths.rateLimitsMediaType)
      return sets.map(readPeersPerMinute).find((perMinute) => perMinute !== null) ?? null
    },
  }
}

function readAs<Schema extends z.ZodMiniType>(schema: Schema) {
  return (body: unknown): z.output<Schema> | null => schema.safeParse(body).data ?? null
}

/** Reads the status. Atlas's example has its key in capitals. */
function readStatusWord(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null
  const word: unknown = "STATUS" in body ? body.STATUS : "status" in body ? body.status : null
  return typeof word === "string" ? word : null
}

function readPeersPerMinute(raw: RawAnswer): number | null {
  const set = EndpointSet.safeParse(raw).data
  const hasPeers = set?.endpoints.some(({ method, path }) => method === "GET" && path.endsWith("/peers"))
  if (set === undefined || hasPeers !== true) return null
  return (set.refillRate.value * 60) / set.refillDurationSeconds.value
}
