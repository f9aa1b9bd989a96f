import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { scenes } from "@peering-desk/demo-director/scenes"
import type { RunningApp } from "./running-app.ts"

/** What a scene of the demo leaves, also after a reload, a press elsewhere and a second time. */
export interface SceneEnd {
  id: string
  /** Atlas's status of each connection of the scene's project. */
  statuses: readonly string[]
  /** Words of the page at the last caption. */
  says: string | RegExp
}

/** All of them, in the order of the demo. */
export const sceneEnds = [
  { id: "form-to-string", statuses: ["AVAILABLE"], says: "Orders → Ledger can reach ledger." },
  { id: "hub-overlap", statuses: [], says: /checks passed, 0 warnings$/ },
  { id: "approval", statuses: ["PENDING_ACCEPTANCE"], says: /^Requested by Nadia Brandt/ },
  { id: "owner-page", statuses: ["AVAILABLE"], says: "Partner gateway → Catalog" },
  { id: "azure-role", statuses: ["AVAILABLE"], says: "Available in Atlas" },
  { id: "google-cloud", statuses: ["AVAILABLE"], says: "Reports → Sales" },
  { id: "route-at-night", statuses: ["AVAILABLE"], says: "Settlement → Payments can reach payments." },
  { id: "policy", statuses: [], says: "Fix 1 problem first." },
  { id: "lost-answer", statuses: ["PENDING_ACCEPTANCE"], says: /must accept the request$/ },
  { id: "audit", statuses: ["PENDING_ACCEPTANCE"], says: /^Verified: \d+ entries, no changes$/ },
] as const satisfies readonly SceneEnd[]

/** Reads Atlas's status of each connection of a scene's project. */
export function readStatuses({ simulator }: RunningApp, id: string): string[] | undefined {
  const { projects } = simulator.state()
  return projects.find((one) => one.id === findProject(id))?.peers.map(({ status }) => status)
}

const findProject = (id: string) => scenes.find((scene) => scene.id === id)?.project

/** Describes the projects that a scene has nothing to do with, without what passes with time. */
export function describeOthers({ simulator }: RunningApp, id: string): string {
  const project = findProject(id)
  const { projects } = simulator.state()
  const own = [project, ...(project === sandboxes.hub.projectId ? [sandboxes.hub.peered.projectId] : [])]
  const others = projects.filter((one) => !own.includes(one.id))
  return JSON.stringify(others, (name, value: unknown) => (["since", "next"].includes(name) ? null : value))
}
