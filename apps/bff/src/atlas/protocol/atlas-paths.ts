/** `v1.0` has plain JSON on the older paths; `2023-01-01` is a dated version of the v2 paths. */
export type AtlasApiVersion = "v1.0" | "2023-01-01"

/** Where things are at Atlas. Only here a project is a "group", its older name. */
export interface AtlasPaths {
  /** For `Accept`, and for `Content-Type` where there is a body. */
  mediaType: string
  /** Describes the credential that asks. */
  root: string
  projects: string
  peers(projectId: string): string
  peer(projectId: string, peerId: string): string
  /** The containers of every cloud in one list; without `/all` only those of AWS are listed. */
  allContainers(projectId: string): string
  containers(projectId: string): string
  container(projectId: string, containerId: string): string
  privateIpMode(projectId: string): string
  accessList(projectId: string): string
  /** @param entry a block, an address or a security group, as the list has it */
  accessListStatus(projectId: string, entry: string): string
}

/** The paths and the media type of an API version, below the base URL. */
export function createAtlasPaths(apiVersion: AtlasApiVersion): AtlasPaths {
  const root = apiVersion === "v1.0" ? "/api/atlas/v1.0" : "/api/atlas/v2"
  const project = (projectId: string) => `${root}/groups/${encodeURIComponent(projectId)}`
  return {
    mediaType: apiVersion === "v1.0" ? "application/json" : `application/vnd.atlas.${apiVersion}+json`,
    root,
    projects: `${root}/groups`,
    peers: (projectId) => `${project(projectId)}/peers`,
    peer: (projectId, peerId) => `${project(projectId)}/peers/${encodeURIComponent(peerId)}`,
    allContainers: (projectId) => `${project(projectId)}/containers/all`,
    containers: (projectId) => `${project(projectId)}/containers`,
    container: (projectId, containerId) =>
      `${project(projectId)}/containers/${encodeURIComponent(containerId)}`,
    privateIpMode: (projectId) => `${project(projectId)}/privateIpMode`,
    accessList: (projectId) => `${project(projectId)}/accessList`,
    accessListStatus: (projectId, entry) =>
      `${project(projectId)}/accessList/${encodeURIComponent(entry)}/status`,
  }
}
