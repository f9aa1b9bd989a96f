/** Every URL of the BFF, once. Ids are checked before they get here; encoding is the second line of defence. */
export const apiUrls = {
  installation: () => "/api/installation",
  projects: () => "/api/projects",
  containers: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/containers`,
  peerings: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/peerings`,
  peering: (projectId: string, peeringId: string) =>
    `/api/projects/${encodeURIComponent(projectId)}/peerings/${encodeURIComponent(peeringId)}`,
  events: (projectIds: readonly string[]) =>
    `/api/events?projects=${projectIds.map(encodeURIComponent).join(",")}`,
}

/** The header a browser script must set on writes; a foreign page cannot, without asking us first. */
export const requestedByHeader = "x-peering-desk"
export const idempotencyKeyHeader = "idempotency-key"
