/** The address of every page as a pattern for the router. */
export const pagePatterns = {
  home: "/",
  allConnections: "/connections",
  connections: "/projects/:projectId/connections",
  /** Asks for the project first. */
  newConnectionAnywhere: "/connections/new",
  newConnection: "/projects/:projectId/connections/new",
  connection: "/projects/:projectId/connections/:peeringId",
  connectionActivity: "/projects/:projectId/connections/:peeringId/activity",
  connectionCode: "/projects/:projectId/connections/:peeringId/code",
  containers: "/projects/:projectId/containers",
  settings: "/projects/:projectId/settings",
  approvals: "/approvals",
  approvalPolicy: "/approvals/policy",
  approval: "/approvals/:approvalId",
  addressSpace: "/address-space",
  addressBlocks: "/address-space/blocks",
  addressCoverage: "/address-space/coverage",
  audit: "/audit",
  auditRow: "/audit/:sequence",
  keys: "/keys",
  cloudAccounts: "/cloud-accounts",
  sessions: "/sessions",
  tokens: "/tokens",
  notifications: "/notifications",
  /** The token follows the `#`, which browsers send to no server. */
  handOff: "/hand-off",
} as const

/** The address of every page, for links. */
export const pagePaths = {
  home: () => pagePatterns.home,
  allConnections: () => pagePatterns.allConnections,
  connections: (projectId: string) => fill(pagePatterns.connections, projectId),
  newConnectionAnywhere: () => pagePatterns.newConnectionAnywhere,
  newConnection: (projectId: string) => fill(pagePatterns.newConnection, projectId),
  connection: (projectId: string, peeringId: string) => fill(pagePatterns.connection, projectId, peeringId),
  connectionActivity: (projectId: string, peeringId: string) =>
    fill(pagePatterns.connectionActivity, projectId, peeringId),
  connectionCode: (projectId: string, peeringId: string) =>
    fill(pagePatterns.connectionCode, projectId, peeringId),
  containers: (projectId: string) => fill(pagePatterns.containers, projectId),
  settings: (projectId: string) => fill(pagePatterns.settings, projectId),
  approvals: () => pagePatterns.approvals,
  approvalPolicy: () => pagePatterns.approvalPolicy,
  approval: (id: string) => fill(pagePatterns.approval, id),
  addressSpace: () => pagePatterns.addressSpace,
  addressBlocks: () => pagePatterns.addressBlocks,
  addressCoverage: () => pagePatterns.addressCoverage,
  audit: () => pagePatterns.audit,
  auditRow: (sequence: number) => fill(pagePatterns.auditRow, String(sequence)),
  keys: () => pagePatterns.keys,
  cloudAccounts: () => pagePatterns.cloudAccounts,
  sessions: () => pagePatterns.sessions,
  tokens: () => pagePatterns.tokens,
  /** The inbox, or another view. */
  notifications: (view?: "email" | "routes" | "messages") =>
    view === undefined ? pagePatterns.notifications : `${pagePatterns.notifications}/${view}`,
}

/** Replaces the parameters of a pattern in their order. */
function fill(pattern: string, ...values: string[]): string {
  return values.reduce((path, value) => path.replace(/:\w+/, encodeURIComponent(value)), pattern)
}
