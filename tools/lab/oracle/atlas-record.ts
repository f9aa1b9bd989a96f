import { seededIds, type Served } from "@peering-desk/atlas-simulator"
import { startAtlas, type Atlas } from "#tools/lab/chaos/world.ts"
import { toFace } from "./order.ts"

/** The projects in which people and outsiders act. */
export const walkedProjects: readonly string[] = [
  seededIds.documentationProject,
  seededIds.payments,
  seededIds.analytics,
  seededIds.longName,
  seededIds.emptySandbox,
]

/** A request that Atlas carried out. */
export interface Effect {
  /** Its place among all requests and states of this Atlas. */
  moment: number
  method: string
  projectId: string
  path: string
  /** The fields of its body. */
  fields: Record<string, unknown>
  /** The id in Atlas's answer, or else the last part of the path. */
  id: string
  /** False for somebody who does not use our server. */
  isOurs: boolean
}

/** The face of a connection from a moment on; null once it is gone. */
interface TrueFace {
  moment: number
  face: string | null
}

/** The simulated Atlas, and a record of everything that it did and of every state that a connection had. */
export interface RecordedAtlas extends Atlas {
  effects: readonly Effect[]
  /** By connection. */
  faces: ReadonlyMap<string, readonly TrueFace[]>
  /** Every connection that a project ever had. */
  listOf: (projectId: string) => string[]
  /** The present connections of a project, with their faces. */
  listPeers: (projectId: string) => Map<string, string>
  /** When a project last changed, by `performance.now()`. */
  changedAt: (projectId: string) => number
  /** When every cloud's list was read at least once after a time; a cloud that was not read does not count. */
  polledAfter: (projectId: string, time: number) => number
  /** Returns the moment of now: everything so far has a lower one. */
  now: () => number
  /** Does something to the simulator, and records what it changed. */
  act: (work: () => void) => void
}

/** Polls older than this are of no interest. */
const rememberedPolls = 2_000

export async function recordAtlas(): Promise<RecordedAtlas> {
  const effects: Effect[] = []
  const faces = new Map<string, TrueFace[]>()
  const changedAt = new Map<string, number>()
  const polls: { cloud: string; at: number }[] = []
  const projectOf = new Map<string, string>()
  let listed = new Set<string>()
  let moment = 0
  const atlas = await startAtlas({ onServed })
  const { simulator } = atlas

  function onServed({ publicKey, method, projectId, target, body, answer }: Served): void {
    if (projectId === null) return
    const path = target.split("?")[0] ?? ""
    if (method === "GET") {
      if (!path.endsWith("/peers")) return
      const cloud = new URLSearchParams(target.split("?")[1]).get("providerName") ?? ""
      polls.push({ cloud: `${projectId} ${cloud}`, at: performance.now() })
      if (polls.length > rememberedPolls) polls.shift()
      return
    }
    const named = (answer as { id?: unknown } | null)?.id
    const id = typeof named === "string" ? named : (path.split("/").at(-1) ?? "")
    const fields = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>)
    moment += 1
    effects.push({ moment, method, projectId, path, fields, id, isOurs: publicKey !== null })
    look()
  }

  /** Notes every state that is new. */
  function look(): void {
    const present = new Map<string, { projectId: string; face: string }>()
    for (const { id: projectId, peers } of simulator.state().projects)
      for (const peer of peers) present.set(peer.id, { projectId, face: toFace(peer) })
    for (const [id, { projectId, face }] of present) note(id, face, projectId)
    for (const id of listed) if (!present.has(id)) note(id, null, projectOf.get(id) ?? "")
    listed = new Set(present.keys())
  }

  function note(id: string, face: string | null, projectId: string): void {
    const known = faces.get(id) ?? []
    if (known.length > 0 && known.at(-1)?.face === face) return
    moment += 1
    known.push({ moment, face })
    faces.set(id, known)
    projectOf.set(id, projectId)
    changedAt.set(projectId, performance.now())
  }

  look()
  return {
    ...atlas,
    effects,
    faces,
    listOf: (projectId) => [...projectOf].flatMap(([id, of]) => (of === projectId ? [id] : [])),
    listPeers(projectId) {
      const project = simulator.state().projects.find(({ id }) => id === projectId)
      return new Map((project?.peers ?? []).map((peer) => [peer.id, toFace(peer)]))
    },
    changedAt: (projectId) => changedAt.get(projectId) ?? 0,
    polledAfter(projectId, time) {
      const first = (cloud: string) =>
        polls.find((poll) => poll.cloud === `${projectId} ${cloud}` && poll.at >= time)?.at ?? time
      return Math.max(...["AWS", "GCP", "AZURE"].map(first))
    },
    now: () => (moment += 1),
    act(work) {
      work()
      look()
    },
  }
}
