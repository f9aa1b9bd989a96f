/** The pages that most people come for, as patterns for the router; the others' are beside their routes. */
export const pagePatterns = {
  connections: "/projects/:projectId/connections",
  newConnection: "/projects/:projectId/connections/new",
  connection: "/projects/:projectId/connections/:peeringId",
  /** The token stands behind the `#`, which browsers send to nobody. */
  handOff: "/hand-off",
} as const

const segment = encodeURIComponent

/** Every page of the browser application, for links. */
export const pagePaths = {
  home: () => "/",
  connections: (projectId: string) => `/projects/${segment(projectId)}/connections`,
  newConnection: (projectId: string) => `/projects/${segment(projectId)}/connections/new`,
  connection: (projectId: string, peeringId: string) =>
    `/projects/${segment(projectId)}/connections/${segment(peeringId)}`,
  containers: (projectId: string) => `/projects/${segment(projectId)}/containers`,
  addressMap: () => "/address-map",
  inventory: () => "/inventory",
  audit: () => "/audit",
  auditRow: (sequence: number) => `/audit/${sequence}`,
  keys: () => "/keys",
  sessions: () => "/sessions",
}
