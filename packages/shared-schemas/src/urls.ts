import type { AuditExportFormat, AuditFilter, AuditQuery } from "./audit.ts"
import type { ProviderName } from "./provider.ts"

/** Every URL of the BFF, once. Ids are checked before they get here; encoding is the second line of defence. */
export const apiUrls = {
  installation: () => "/api/installation",
  projects: () => "/api/projects",
  containers: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/containers`,
  peerings: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/peerings`,
  peering: (projectId: string, peeringId: string) =>
    `/api/projects/${encodeURIComponent(projectId)}/peerings/${encodeURIComponent(peeringId)}`,
  container: (projectId: string, providerName: ProviderName, containerId: string) =>
    `/api/projects/${encodeURIComponent(projectId)}/containers/${encodeURIComponent(containerId)}?providerName=${providerName}`,
  preflight: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/preflight`,
  privateIpMode: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/private-ip-mode`,
  accessList: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/access-list`,
  presets: (projectId: string) => `/api/projects/${encodeURIComponent(projectId)}/presets`,
  preset: (projectId: string, presetId: string) =>
    `/api/projects/${encodeURIComponent(projectId)}/presets/${encodeURIComponent(presetId)}`,
  addressSpace: () => "/api/address-space",
  events: (projectIds: readonly string[]) =>
    `/api/events?projects=${projectIds.map(encodeURIComponent).join(",")}`,
  keys: () => "/api/keys",
  testKeys: () => "/api/keys/test",
  session: () => "/api/session",
  sessions: () => "/api/sessions",
  everybodysSessions: () => "/api/sessions?everybody=true",
  oneSession: (id: string) => `/api/sessions/${encodeURIComponent(id)}`,
  /** @param returnTo the page to come back to: a path of this origin */
  signIn: (returnTo: string) => `/sign-in?return=${encodeURIComponent(returnTo)}`,
  signInCallback: () => "/sign-in/callback",
  signOut: () => "/sign-out",
  backChannelLogout: () => "/sign-in/back-channel-logout",
  audit: (query: AuditQuery) => `/api/audit${toSearch(query)}`,
  auditStory: (sequence: number) => `/api/audit/${sequence}`,
  /** @param heads signed heads that were kept elsewhere */
  verifyAudit: (heads: readonly string[]) => `/api/audit/verify${toSearch({ head: heads })}`,
  exportAudit: (format: AuditExportFormat, filter: AuditFilter) =>
    `/api/audit/export${toSearch({ format, ...filter })}`,
}

/** The header a browser script must set on writes; a foreign page cannot, without asking us first. */
export const requestedByHeader = "x-peering-desk"
export const idempotencyKeyHeader = "idempotency-key"

function toSearch(parameters: Record<string, string | readonly string[] | undefined>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : (value ?? [])).map((one) => `${name}=${encodeURIComponent(one)}`),
  )
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`
}
