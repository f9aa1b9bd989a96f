import type { PathParameters } from "@peering-desk/shared-schemas"

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

type Values<Names extends readonly string[]> = { [Index in keyof Names]: string | number }
type Builders = {
  [Name in keyof typeof pagePatterns]: (
    ...values: Values<PathParameters<(typeof pagePatterns)[Name]>>
  ) => string
}

/** The address of every page, for links, from the values of its parameters in their order. */
export const pagePaths = {
  ...(Object.fromEntries(
    Object.entries(pagePatterns).map(([name, pattern]) => [
      name,
      (...values: (string | number)[]) => fill(pattern, values),
    ]),
  ) as Builders),
  /** The inbox, or another view. */
  notifications: (view?: "email" | "routes" | "messages") =>
    view === undefined ? pagePatterns.notifications : `${pagePatterns.notifications}/${view}`,
}

function fill(pattern: string, values: readonly (string | number)[]): string {
  return values.reduce<string>((path, value) => path.replace(/:\w+/, encodeURIComponent(value)), pattern)
}
