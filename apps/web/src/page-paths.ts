/** Every page of the browser application, as a pattern for the router and as a function for links. */
export const pagePatterns = {
  home: "/",
  connections: "/projects/:projectId/connections",
  newConnection: "/projects/:projectId/connections/new",
  connection: "/projects/:projectId/connections/:peeringId",
  containers: "/projects/:projectId/containers",
  addressMap: "/address-map",
  inventory: "/inventory",
  /** The token stands behind the `#`, which browsers send to nobody. */
  handOff: "/hand-off",
  audit: "/audit",
  auditRow: "/audit/:sequence",
  keys: "/keys",
  sessions: "/sessions",
} as const

const segment = encodeURIComponent

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
