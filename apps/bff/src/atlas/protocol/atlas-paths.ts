import type { AtlasApiVersion } from "@peering-desk/shared-schemas"

export type AtlasPaths = ReturnType<typeof createAtlasPaths>

/** Builds the paths of Atlas's resources below the base URL, and media types. Only here a project has its older name, "group". */
export function createAtlasPaths(apiVersion: AtlasApiVersion) {
  const v2 = "/api/atlas/v2"
  /** Describes the calling credential. */
  const root = apiVersion === "v1.0" ? "/api/atlas/v1.0" : v2
  const to = (start: string, ...steps: string[]) => [start, ...steps.map(encodeURIComponent)].join("/")
  const inProject = (projectId: string, ...steps: string[]) => to(`${root}/groups`, projectId, ...steps)
  const dated = (date: string) => `application/vnd.atlas.${date}+json`
  return {
    /** For `Accept`, and for `Content-Type` where there is a body. */
    mediaType: apiVersion === "v1.0" ? "application/json" : dated(apiVersion),
    root,
    projects: `${root}/groups`,
    /** Describes a service account of an organization. Service accounts are known to v2 only. */
    serviceAccount: (orgId: string, clientId: string) => to(`${v2}/orgs`, orgId, "serviceAccounts", clientId),
    /** Describes the service account as one project knows it. */
    projectServiceAccount: (projectId: string, clientId: string) =>
      to(`${v2}/groups`, projectId, "serviceAccounts", clientId),
    /** The first version that knows service accounts. */
    serviceAccountMediaType: dated("2024-08-05"),
    /** Always of v2, the only API that knows resource policies. */
    resourcePolicies: (orgId: string) => to(`${v2}/orgs`, orgId, "resourcePolicies"),
    resourcePoliciesMediaType: dated("2024-08-05"),
    peers: (projectId: string) => inProject(projectId, "peers"),
    peer: (projectId: string, peerId: string) => inProject(projectId, "peers", peerId),
    /** Lists the containers of all clouds. Without `/all` Atlas lists AWS only. */
    allContainers: (projectId: string) => inProject(projectId, "containers", "all"),
    containers: (projectId: string) => inProject(projectId, "containers"),
    container: (projectId: string, containerId: string) => inProject(projectId, "containers", containerId),
    privateIpMode: (projectId: string) => inProject(projectId, "privateIpMode"),
    /** Always of v2: v1.0 leaves clusters on several clouds out. */
    clusters: (projectId: string) => to(`${v2}/groups`, projectId, "clusters"),
    /** The first version of clusters has one cloud too, and ends in 2027. */
    clustersMediaType: dated("2024-08-05"),
    /** Null in the API version that does not tell its limits. */
    rateLimits: apiVersion === "v1.0" ? null : `${root}/rateLimits`,
    rateLimitsMediaType: dated("2025-03-12"),
    awsCustomDns: (projectId: string) => inProject(projectId, "awsCustomDNS"),
    /** Always of v2: the older API's form ended with its documentation. */
    events: (projectId: string) => to(`${v2}/groups`, projectId, "events"),
    /** The only version of events. */
    eventsMediaType: dated("2023-01-01"),
    accessList: (projectId: string) => inProject(projectId, "accessList"),
    /** @param entry a block, an address or a security group, spelled like in the list */
    accessListStatus: (projectId: string, entry: string) =>
      inProject(projectId, "accessList", entry, "status"),
  }
}
