/** The pages whose routes are loaded when one of them is opened, as patterns for the router; links go by `pagePaths`. */
export const otherPatterns = {
  home: "/",
  containers: "/projects/:projectId/containers",
  addressMap: "/address-map",
  inventory: "/inventory",
  audit: "/audit",
  auditRow: "/audit/:sequence",
  keys: "/keys",
  sessions: "/sessions",
} as const
