import type { AuditExportFormat, AuditFilter, AuditQuery } from "./audit.ts"
import type { ProviderName } from "./provider.ts"

// Every URL of the BFF, once: `apiUrls` to everybody else. Functions of their own, so that a page loads only those it calls.
// Ids are checked before they get here; encoding is the second line of defence.
const segment = encodeURIComponent
const project = (projectId: string) => `/api/projects/${segment(projectId)}`

export const installation = () => "/api/installation"
export const projects = () => "/api/projects"
export const containers = (projectId: string) => `${project(projectId)}/containers`
export const peerings = (projectId: string) => `${project(projectId)}/peerings`
export const peering = (projectId: string, peeringId: string) =>
  `${project(projectId)}/peerings/${segment(peeringId)}`
export const blastRadius = (projectId: string, peeringId: string) =>
  `${peering(projectId, peeringId)}/blast-radius`
export const timeline = (projectId: string, peeringId: string) => `${peering(projectId, peeringId)}/timeline`
export const peeringLabel = (projectId: string, peeringId: string) => `${peering(projectId, peeringId)}/label`
export const peeringStep = (projectId: string, peeringId: string, stepId: string) =>
  `${peering(projectId, peeringId)}/steps/${segment(stepId)}`
export const pollNow = (projectId: string, peeringId: string) => `${peering(projectId, peeringId)}/look`
export const handOffs = (projectId: string, peeringId: string) => `${peering(projectId, peeringId)}/hand-offs`
export const handOff = (projectId: string, peeringId: string, handOffId: string) =>
  `${peering(projectId, peeringId)}/hand-offs/${segment(handOffId)}`
export const tombstones = (projectId: string) => `${project(projectId)}/tombstones`
/** The token goes in `Authorization: Bearer …`, never in an address. */
export const openHandOff = () => "/api/hand-off"
export const pressHandOff = () => "/api/hand-off/done"
export const inventory = () => "/api/inventory"
export const container = (projectId: string, providerName: ProviderName, containerId: string) =>
  `${project(projectId)}/containers/${segment(containerId)}?providerName=${providerName}`
export const preflight = (projectId: string) => `${project(projectId)}/preflight`
export const privateIpMode = (projectId: string) => `${project(projectId)}/private-ip-mode`
/** @param statusOf entries whose status is asked for too */
export const accessList = (projectId: string, statusOf: readonly string[] = []) =>
  `${project(projectId)}/access-list${toSearch({ status: statusOf })}`
export const presets = (projectId: string) => `${project(projectId)}/presets`
export const preset = (projectId: string, presetId: string) =>
  `${project(projectId)}/presets/${segment(presetId)}`
/** @param projectId the project that has to be read anew; the others may be older */
export const addressSpace = (projectId?: string) =>
  `/api/address-space${toSearch(projectId === undefined ? {} : { project: projectId })}`
export const events = (projectIds: readonly string[]) =>
  `/api/events?projects=${projectIds.map(segment).join(",")}`
export const keys = () => "/api/keys"
export const testKeys = () => "/api/keys/test"
export const session = () => "/api/session"
export const sessions = () => "/api/sessions"
export const everybodysSessions = () => "/api/sessions?everybody=true"
export const oneSession = (id: string) => `/api/sessions/${segment(id)}`
/** @param returnTo the page to come back to: a path of this origin */
export const signIn = (returnTo: string) => `/sign-in?return=${segment(returnTo)}`
export const signInCallback = () => "/sign-in/callback"
export const signOut = () => "/sign-out"
export const backChannelLogout = () => "/sign-in/back-channel-logout"
export const audit = (query: AuditQuery) => `/api/audit${toSearch(query)}`
export const auditStory = (sequence: number) => `/api/audit/${sequence}`
/** @param heads signed heads that were kept elsewhere */
export const verifyAudit = (heads: readonly string[]) => `/api/audit/verify${toSearch({ head: heads })}`
export const exportAudit = (format: AuditExportFormat, filter: AuditFilter) =>
  `/api/audit/export${toSearch({ format, ...filter })}`

function toSearch(parameters: Record<string, string | readonly string[] | undefined>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : (value ?? [])).map((one) => `${name}=${segment(one)}`),
  )
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`
}
