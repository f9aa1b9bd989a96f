/** `v1.0` has plain JSON on the older paths, `2023-01-01` is a dated version of the v2 paths. */
export type AtlasApiVersion = "v1.0" | "2023-01-01"

/** Paths of Atlas's resources. Only here a project has its older name, "group". */
export interface AtlasPaths {
  /** For `Accept`, and for `Content-Type` where there is a body. */
  mediaType: string
  /** Describes the calling credential. */
  root: string
  projects: string
  /** Describes a service account of an organization. Service accounts are known to v2 only. */
  serviceAccount(orgId: string, clientId: string): string
  /** Describes the service account as one project knows it. */
  projectServiceAccount(projectId: string, clientId: string): string
  /** The first version that knows service accounts. */
  serviceAccountMediaType: string
  peers(projectId: string): string
  peer(projectId: string, peerId: string): string
  /** Lists the containers of all clouds. Without `/all` Atlas lists AWS only. */
  allContainers(projectId: string): string
  containers(projectId: string): string
  container(projectId: string, containerId: string): string
  privateIpMode(projectId: string): string
  /** Always of v2: v1.0 leaves clusters on several clouds out. */
  clusters(projectId: string): string
  /** The first version of clusters has one cloud too, and ends in 2027. */
  clustersMediaType: string
  awsCustomDns(projectId: string): string
  /** Null in the API version that does not tell its limits. */
  rateLimits: string | null
  rateLimitsMediaType: string
  accessList(projectId: string): string
  /** @param entry a block, an address or a security group, spelled like in the list */
  accessListStatus(projectId: string, entry: string): string
}

/** Builds the paths below the base URL and the media type of an API version. */
export function createAtlasPaths(apiVersion: AtlasApiVersion): AtlasPaths {
  const v2 = "/api/atlas/v2"
  const root = apiVersion === "v1.0" ? "/api/atlas/v1.0" : v2
  const project = (projectId: string, under = root) => `${under}/groups/${encodeURIComponent(projectId)}`
  const dated = (date: string) => `application/vnd.atlas.${date}+json`
  const account = (clientId: string) => `serviceAccounts/${encodeURIComponent(clientId)}`
  return {
    mediaType: apiVersion === "v1.0" ? "application/json" : dated(apiVersion),
    root,
    projects: `${root}/groups`,
    serviceAccount: (orgId, clientId) => `${v2}/orgs/${encodeURIComponent(orgId)}/${account(clientId)}`,
    projectServiceAccount: (projectId, clientId) => `${project(projectId, v2)}/${account(clientId)}`,
    serviceAccountMediaType: dated("2024-08-05"),
    peers: (projectId) => `${project(projectId)}/peers`,
    peer: (projectId, peerId) => `${project(projectId)}/peers/${encodeURIComponent(peerId)}`,
    allContainers: (projectId) => `${project(projectId)}/containers/all`,
    containers: (projectId) => `${project(projectId)}/containers`,
    container: (projectId, containerId) =>
      `${project(projectId)}/containers/${encodeURIComponent(containerId)}`,
    privateIpMode: (projectId) => `${project(projectId)}/privateIpMode`,
    clusters: (projectId) => `${project(projectId, v2)}/clusters`,
    clustersMediaType: dated("2024-08-05"),
    rateLimits: apiVersion === "v1.0" ? null : `${root}/rateLimits`,
    rateLimitsMediaType: dated("2025-03-12"),
    awsCustomDns: (projectId) => `${project(projectId)}/awsCustomDNS`,
    accessList: (projectId) => `${project(projectId)}/accessList`,
    accessListStatus: (projectId, entry) =>
      `${project(projectId)}/accessList/${encodeURIComponent(entry)}/status`,
  }
}
