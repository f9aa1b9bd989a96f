import { derive } from "./identifiers.ts"
import type { Project, ProjectEvent, ProviderName } from "./world.ts"

/** Atlas keeps them for years; a crowded world forgets the oldest. */
const mostEvents = 2_000

const prefixes = { AWS: "", GCP: "GCP_", AZURE: "AZURE_" } as const

/** Names an event of a peer, such as `AZURE_PEER_ACTIVE`. AWS has none for the status. */
export function toPeerEventType(providerName: ProviderName, what: string): string {
  return `${prefixes[providerName]}PEER_${what}`
}

/** Adds an event to a project. Its id begins with its time and takes nothing from the counter of other ids. */
export function addEvent(project: Project, event: Omit<ProjectEvent, "id">): void {
  const seconds = Math.max(0, Math.floor(event.at / 1000)) % 0x100000000
  const before = project.events.at(-1)?.id ?? project.id
  const rest = derive(`${before}/${event.type}`, 16)
  project.events.push({ id: seconds.toString(16).padStart(8, "0") + rest, ...event })
  if (project.events.length > mostEvents) project.events.splice(0, project.events.length - mostEvents)
}
