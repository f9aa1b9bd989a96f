import { randomUUID } from "node:crypto"
import {
  providerNames,
  type OpenCreates,
  type Peering,
  type PeeringList,
  type ProviderName,
  type StreamEvent,
  type Watch,
} from "@peering-desk/shared-schemas"
import { createKeptValues } from "#base/kept-values.ts"
import { findAfter, parseEventId, type Change } from "./change-log.ts"
import type { StateVersion } from "./peering-store.ts"
import { isQuiet } from "./poll-interval.ts"

const keptGoneEvents = 500

/**
 * Holds the latest state of every polled peering, as it is stored. Streams read from it. It keeps each thing once, with the number of its
 * last change, so a reader of "everything since change n" needs no queue, however slow it is.
 */
export class LiveState {
  /** Names this process, whose changes are counted from its start. */
  readonly epoch = randomUUID().slice(0, 8)
  #stored: StateVersion = { version: 0, incarnation: "" }
  #sequence = 0
  /** Every gone event after this change, and after this version, is kept. */
  #completeSince = { sequence: 0, version: 0 }
  readonly #latest = new Map<string, Map<string, Change>>()
  readonly #peerings = new Map<string, Peering[]>()
  readonly #byCloud = createKeptValues<readonly Peering[], ReadonlyMap<ProviderName, readonly Peering[]>>()
  /** The changes of a project in their order; replaced ones are removed when they are the larger half. */
  readonly #logs = new Map<string, Change[]>()
  readonly #lists = new Map<string, PeeringList>()
  /** The watches that went out as events. */
  readonly #sentPollStates = new Map<string, Watch>()
  readonly #listeners = new Map<string, Set<() => void>>()
  /** The projects that changed while stored changes are put. */
  #held: Set<string> | null = null

  get sequence(): number {
    return this.#sequence
  }

  /** Up to which version this is the stored state. */
  get stored(): Readonly<StateVersion> {
    return this.#stored
  }

  /** Returns the id of the last event of a reader who has everything, or everything up to a change. */
  toId(sequence = this.#sequence, version = this.#stored.version): string {
    return `${this.#stored.incarnation}.${version}.${this.epoch}.${sequence}`
  }

  /**
   * Returns up to where a reader has everything, by the id of its last event: the number of a change here, or null when it read at another
   * process, and the version. Null when it needs all.
   */
  parseId(lastEventId: string): { sequence: number | null; version: number } | null {
    const id = parseEventId(lastEventId)
    if (id === null || id.incarnation !== this.#stored.incarnation) return null
    const isOurs = id.epoch === this.epoch
    if (isOurs && !this.isCompleteSince(id.sequence)) return null
    return { sequence: isOurs ? id.sequence : null, version: id.version }
  }

  /** Runs work that puts all changes up to a version. Readers hear of them at its end. */
  putStored(stored: StateVersion, put: () => void): void {
    this.#held = new Set()
    put()
    this.#stored = stored
    const held = this.#held
    this.#held = null
    for (const projectId of held) {
      // One that was built on the way names the version before.
      this.#lists.delete(projectId)
      this.#wake(projectId)
    }
  }

  /** Notes that what went up to a version may be missing. */
  noteIncomplete(version: number): void {
    this.#completeSince.version = Math.max(this.#completeSince.version, version)
  }

  find(projectId: string, id: string): Peering | null {
    const things = this.#latest.get(projectId)
    for (const providerName of providerNames) {
      const event = things?.get(toPeeringKey(providerName, id))?.event
      if (event?.event === "peering") return event.data
    }
    return null
  }

  /** Returns the version of the last change of a peering, also of one that is gone; 0 when there was none. */
  versionOf(projectId: string, providerName: ProviderName, id: string): number {
    return this.#latest.get(projectId)?.get(toPeeringKey(providerName, id))?.version ?? 0
  }

  /** Returns a project as it is now: the same object until something of it changes, with the same peerings until one of these does. */
  list(projectId: string): PeeringList {
    const known = this.#lists.get(projectId)
    if (known !== undefined) return known
    const peerings = this.#peeringsOf(projectId)
    const list: PeeringList = { projectId, lastEventId: this.toId(), peerings, watches: [] }
    for (const { event } of this.#latest.get(projectId)?.values() ?? []) {
      if (event.event === "watch") list.watches.push(event.data)
      if (event.event === "creates" && event.data.creates.length > 0) list.creates = event.data.creates
    }
    this.#lists.set(projectId, list)
    return list
  }

  /** Returns the same list until one of the project's peerings changes. */
  ofCloud(projectId: string, providerName: ProviderName): readonly Peering[] {
    const peerings = this.#peeringsOf(projectId)
    const inCloud = (name: ProviderName) => peerings.filter(({ peer }) => peer.providerName === name)
    const toClouds = () => new Map(providerNames.map((name) => [name, inCloud(name)]))
    return this.#byCloud(peerings, [], toClouds).get(providerName) ?? []
  }

  /** @param version of the step that stored it */
  putPeering(peering: Peering, version: number): void {
    const key = toPeeringKey(peering.peer.providerName, peering.id)
    this.#put(peering.projectId, key, { event: "peering", data: peering }, version)
  }

  /** Stores what a poll came to. Readers hear of it at once, or every 15 s as long as nothing but its time is new. */
  putWatch(watch: Watch): void {
    const key = `watch ${watch.providerName}`
    const change = this.#latest.get(watch.projectId)?.get(key)
    const told = this.#sentPollStates.get(`${watch.projectId} ${key}`)
    if (change !== undefined && told !== undefined && isQuiet(told, watch)) {
      change.event = { event: "watch", data: watch }
      this.#lists.delete(watch.projectId)
      return
    }
    this.#sentPollStates.set(`${watch.projectId} ${key}`, watch)
    this.#put(watch.projectId, key, { event: "watch", data: watch })
  }

  putCreates(creates: OpenCreates): void {
    this.#put(creates.projectId, "creates", { event: "creates", data: creates })
  }

  /** @param version of the step that stored that it went */
  removePeering(
    { projectId, id, peer }: Pick<Peering, "projectId" | "id" | "peer">,
    at: string,
    version: number,
  ): void {
    const key = toPeeringKey(peer.providerName, id)
    this.#put(projectId, key, { event: "gone", data: { projectId, id, at } }, version)
    this.#dropOldGoneEvents(projectId)
  }

  watchOf(projectId: string, providerName: ProviderName): Watch | null {
    const change = this.#latest.get(projectId)?.get(`watch ${providerName}`)
    return change?.event.event === "watch" ? change.event.data : null
  }

  /** Returns whether all that changed after a change is still known. Otherwise a snapshot is needed. */
  isCompleteSince(sequence: number): boolean {
    return sequence >= this.#completeSince.sequence && sequence <= this.#sequence
  }

  /** Returns the latest changes of a project that a reader who has everything up to a version may lack; null when a snapshot is needed. */
  listSince(projectId: string, version: number): Change[] | null {
    if (version < this.#completeSince.version || version > this.#stored.version) return null
    return [...(this.#latest.get(projectId)?.values() ?? [])]
      .filter((change) => change.version > version)
      .sort((one, other) => one.sequence - other.sequence)
  }

  /** Returns the first change of any of the projects after a change; null when nothing changed. */
  nextChange(projectIds: readonly string[], sequence: number): Change | null {
    let first: Change | null = null
    for (const projectId of projectIds) {
      const next = findAfter(this.#logs.get(projectId) ?? [], sequence)
      if (next !== undefined && (first === null || next.sequence < first.sequence)) first = next
    }
    return first
  }

  /** Calls back after each change of any of the projects, until the returned function is called. */
  subscribe(projectIds: readonly string[], listener: () => void): () => void {
    for (const projectId of projectIds) {
      const listeners = this.#listeners.get(projectId) ?? new Set()
      this.#listeners.set(projectId, listeners.add(listener))
    }
    return () => {
      for (const projectId of projectIds) this.#listeners.get(projectId)?.delete(listener)
    }
  }

  #peeringsOf(projectId: string): Peering[] {
    const known = this.#peerings.get(projectId)
    if (known !== undefined) return known
    const changes = [...(this.#latest.get(projectId)?.values() ?? [])]
    const peerings = changes.flatMap(({ event }) => (event.event === "peering" ? [event.data] : []))
    this.#peerings.set(projectId, peerings)
    return peerings
  }

  #put(projectId: string, key: string, event: StreamEvent, version = Number.POSITIVE_INFINITY): void {
    const things = this.#latest.get(projectId) ?? new Map<string, Change>()
    const replaced = things.get(key)
    if (replaced !== undefined) replaced.isLatest = false
    const completeTo = this.#stored.version
    const change = { sequence: ++this.#sequence, version, completeTo, event, isLatest: true }
    this.#latest.set(projectId, things.set(key, change))
    this.#log(projectId, change, things.size)
    this.#lists.delete(projectId)
    if (event.event === "peering" || event.event === "gone") this.#peerings.delete(projectId)
    if (this.#held === null) this.#wake(projectId)
    else this.#held.add(projectId)
  }

  #wake(projectId: string): void {
    for (const listener of this.#listeners.get(projectId) ?? []) listener()
  }

  #log(projectId: string, change: Change, things: number): void {
    const log = this.#logs.get(projectId) ?? []
    log.push(change)
    this.#logs.set(projectId, log.length > 2 * things ? log.filter(({ isLatest }) => isLatest) : log)
  }

  #dropOldGoneEvents(projectId: string): void {
    const things = this.#latest.get(projectId)
    const gone = [...(things ?? [])].filter(([, change]) => change.event.event === "gone")
    for (const [key, change] of gone.slice(0, -keptGoneEvents)) {
      things?.delete(key)
      change.isLatest = false
      this.#completeSince.sequence = Math.max(this.#completeSince.sequence, change.sequence)
      this.noteIncomplete(change.version)
    }
  }
}

function toPeeringKey(providerName: ProviderName, id: string): string {
  return `peering ${providerName} ${id}`
}
