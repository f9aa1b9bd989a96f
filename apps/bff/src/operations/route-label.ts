import type { apiUrls } from "@peering-desk/shared-schemas"

/** The pattern of every URL we have; does not compile when one is missing. Segments that begin with a colon stand for any value. */
const patterns: Record<keyof typeof apiUrls, string> = {
  installation: "/api/installation",
  projects: "/api/projects",
  containers: "/api/projects/:projectId/containers",
  peerings: "/api/projects/:projectId/peerings",
  peering: "/api/projects/:projectId/peerings/:peeringId",
  blastRadius: "/api/projects/:projectId/peerings/:peeringId/blast-radius",
  timeline: "/api/projects/:projectId/peerings/:peeringId/timeline",
  peeringLabel: "/api/projects/:projectId/peerings/:peeringId/label",
  peeringStep: "/api/projects/:projectId/peerings/:peeringId/steps/:stepId",
  pollNow: "/api/projects/:projectId/peerings/:peeringId/look",
  handOffs: "/api/projects/:projectId/peerings/:peeringId/hand-offs",
  handOff: "/api/projects/:projectId/peerings/:peeringId/hand-offs/:handOffId",
  tombstones: "/api/projects/:projectId/tombstones",
  openHandOff: "/api/hand-off",
  pressHandOff: "/api/hand-off/done",
  inventory: "/api/inventory",
  container: "/api/projects/:projectId/containers/:containerId",
  preflight: "/api/projects/:projectId/preflight",
  privateIpMode: "/api/projects/:projectId/private-ip-mode",
  accessList: "/api/projects/:projectId/access-list",
  presets: "/api/projects/:projectId/presets",
  preset: "/api/projects/:projectId/presets/:presetId",
  addressSpace: "/api/address-space",
  events: "/api/events",
  keys: "/api/keys",
  testKeys: "/api/keys/test",
  session: "/api/session",
  sessions: "/api/sessions",
  everybodysSessions: "/api/sessions",
  oneSession: "/api/sessions/:id",
  signIn: "/sign-in",
  signInCallback: "/sign-in/callback",
  signOut: "/sign-out",
  backChannelLogout: "/sign-in/back-channel-logout",
  audit: "/api/audit",
  auditStory: "/api/audit/:sequence",
  verifyAudit: "/api/audit/verify",
  exportAudit: "/api/audit/export",
}

/** The pattern of every address that is not a page or a file of the web app. */
export const routePatterns: readonly string[] = [
  ...new Set([...Object.values(patterns), "/api/openapi.json", "/healthz", "/readyz", "/metrics"]),
]

const countValues = (pattern: string) => pattern.split("/:").length
// A pattern without a value goes before one that would take its last segment for one.
const routes = [...routePatterns]
  .sort((one, other) => countValues(one) - countValues(other))
  .map((pattern) => ({ pattern, segments: pattern.split("/") }))

/**
 * The route of a path, from a closed list, so that nobody can make us keep a counter for each path they think of: a pattern,
 * `asset`, `page` for what the web app may know, `other` for what is below `/api` and is none of ours.
 */
export function toRouteLabel(path: string): string {
  const segments = path.split("/")
  const found = routes.find(
    (route) =>
      route.segments.length === segments.length &&
      route.segments.every((segment, index) => segment.startsWith(":") || segment === segments[index]),
  )
  if (found !== undefined) return found.pattern
  if (path.startsWith("/assets/")) return "asset"
  return path === "/api" || path.startsWith("/api/") ? "other" : "page"
}
