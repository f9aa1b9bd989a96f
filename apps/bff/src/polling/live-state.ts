import { randomUUID } from "node:crypto"
import type {
  OpenCreates,
  Peering,
  PeeringList,
  ProviderName,
  StreamEvent,
  Watch,
} from "@peering-desk/shared-schemas"

/** A thing that changed and when, counted in changes. */
interface Change {
  sequence: number
  event: StreamEvent
}

const keptTombstones = 500

/**
 * What we last knew of every watched connection: the one place the watchers write to and the streams read from.
 * It keeps only the latest state of each thing, with the number of the change that made it, so "everything since change n"
 * costs no queue, however slow the asker.
 */
export class LiveState {
  /** Changes are counted from the start of this process; ids of another process continue nothing here. */
  readonly epoch = randomUUID().slice(0, 8)
  #sequence = 0
  /** Since which change "what is gone" is complete. */
  #completeSince = 0
  readonly #latest = new Map<string, Map<string, Change>>()
  readonly #listeners = new Map<string, Set<() => void>>()

  get sequence(): number {
    return this.#sequence
  }

  find(projectId: string, id: string): Peering | null {
    return this.list(projectId).peerings.find((peering) => peering.id === id) ?? null
  }

  list(projectId: string): PeeringList {
    const list: PeeringList = { projectId, peerings: [], watches: [] }
    for (const { event } of this.#latest.get(projectId)?.values() ?? []) {
      if (event.event === "peering") list.peerings.push(event.data)
      if (event.event === "watch") list.watches.push(event.data)
      if (event.event === "creates" && event.data.creates.length > 0) list.creates = event.data.creates
    }
    return list
  }

  ofCloud(projectId: string, providerName: ProviderName): Peering[] {
    return this.list(projectId).peerings.filter((peering) => peering.peer.providerName === providerName)
  }

  putPeering(peering: Peering): void {
    this.#put(peering.projectId, toPeeringKey(peering.peer.providerName, peering.id), {
      event: "peering",
      data: peering,
    })
  }

  putWatch(watch: Watch): void {
    this.#put(watch.projectId, `watch ${watch.providerName}`, { event: "watch", data: watch })
  }

  putCreates(creates: OpenCreates): void {
    this.#put(creates.projectId, "creates", { event: "creates", data: creates })
  }

  removePeering({ projectId, id, peer }: Peering, at: string): void {
    this.#put(projectId, toPeeringKey(peer.providerName, id), { event: "gone", data: { projectId, id, at } })
    this.#forgetOldTombstones(projectId)
  }

  watchOf(projectId: string, providerName: ProviderName): Watch | null {
    const change = this.#latest.get(projectId)?.get(`watch ${providerName}`)
    return change?.event.event === "watch" ? change.event.data : null
  }

  /** What changed after a change, oldest first; null when that can't be told any more and the whole is needed. */
  changesSince(projectIds: readonly string[], sequence: number): Change[] | null {
    if (sequence < this.#completeSince || sequence > this.#sequence) return null
    return projectIds
      .flatMap((projectId) => [...(this.#latest.get(projectId)?.values() ?? [])])
      .filter((change) => change.sequence > sequence)
      .sort((a, b) => a.sequence - b.sequence)
  }

  /** Calls back after each change of any of the projects. Returns how to stop that. */
  subscribe(projectIds: readonly string[], listener: () => void): () => void {
    for (const projectId of projectIds) {
      const listeners = this.#listeners.get(projectId) ?? new Set()
      this.#listeners.set(projectId, listeners.add(listener))
    }
    return () => {
      for (const projectId of projectIds) this.#listeners.get(projectId)?.delete(listener)
    }
  }

  #put(projectId: string, key: string, event: StreamEvent): void {
    const things = this.#latest.get(projectId) ?? new Map<string, Change>()
    this.#latest.set(projectId, things.set(key, { sequence: ++this.#sequence, event }))
    for (const listener of this.#listeners.get(projectId) ?? []) listener()
  }

  #forgetOldTombstones(projectId: string): void {
    const things = this.#latest.get(projectId)
    const tombstones = [...(things ?? [])].filter(([, change]) => change.event.event === "gone")
    for (const [key, change] of tombstones.slice(0, -keptTombstones)) {
      things?.delete(key)
      this.#completeSince = Math.max(this.#completeSince, change.sequence)
    }
  }
}

function toPeeringKey(providerName: ProviderName, id: string): string {
  return `peering ${providerName} ${id}`
}
