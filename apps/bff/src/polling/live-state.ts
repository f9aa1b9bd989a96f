import { randomUUID } from "node:crypto"
import { isDeepStrictEqual } from "node:util"
import {
  providerNames,
  type OpenCreates,
  type Peering,
  type PeeringList,
  type ProviderName,
  type StreamEvent,
  type Watch,
} from "@peering-desk/shared-schemas"
import { LiveVersions } from "./live-versions.ts"

/** The latest event of one thing, numbered by change. */
export interface Change {
  readonly sequence: number
  /** The version of the database up to which this state was complete then. */
  readonly version: number
  event: StreamEvent
  /** False once a later change of the same thing replaced it. */
  isLatest: boolean
}

const keptGoneEvents = 500
/** A poll that found nothing new is worth an event this often. Only the time of the poll, which nobody shows by the second, waits. */
const quietPollsToldEveryMs = 15_000

/**
 * Holds the latest state of every polled peering. Pollers write to it, and streams read from it. It keeps each thing once, with the
 * number of its last change, so a reader of "everything since change n" needs no queue, however slow it is.
 */
export class LiveState {
  /** Names this process. Changes are counted from its start, so ids of another process mean nothing here. */
  readonly epoch = randomUUID().slice(0, 8)
  /** Versions of the database, by which other processes compare this state with theirs. */
  readonly versions = new LiveVersions()
  #sequence = 0
  /** Every gone event after this change is kept. */
  #completeSince = 0
  readonly #latest = new Map<string, Map<string, Change>>()
  readonly #clouds = new Map<string, ReadonlyMap<ProviderName, readonly Peering[]>>()
  /** The changes of a project in their order; replaced ones are removed when they are the larger half. */
  readonly #logs = new Map<string, Change[]>()
  readonly #lists = new Map<string, PeeringList>()
  /** The watches that went out as events. */
  readonly #toldWatches = new Map<string, Watch>()
  readonly #listeners = new Map<string, Set<() => void>>()

  get sequence(): number {
    return this.#sequence
  }

  /** Returns the id of an event, with which its stream goes on here or at another process. */
  toId({ sequence, version = this.versions.completeTo }: { sequence: number; version?: number }): string {
    return version === 0 ? `${this.epoch}.${sequence}` : `${this.epoch}.${sequence}.${version}`
  }

  find(projectId: string, id: string): Peering | null {
    const things = this.#latest.get(projectId)
    for (const providerName of providerNames) {
      const event = things?.get(toPeeringKey(providerName, id))?.event
      if (event?.event === "peering") return event.data
    }
    return null
  }

  /** Returns a project as it is now: the same object until something of it changes. */
  list(projectId: string): PeeringList {
    const known = this.#lists.get(projectId)
    if (known !== undefined) return known
    const list: PeeringList = { projectId, peerings: [], watches: [] }
    for (const { event } of this.#latest.get(projectId)?.values() ?? []) {
      if (event.event === "peering") list.peerings.push(event.data)
      if (event.event === "watch") list.watches.push(event.data)
      if (event.event === "creates" && event.data.creates.length > 0) list.creates = event.data.creates
    }
    this.#lists.set(projectId, list)
    return list
  }

  /** Returns the same list until one of the project's peerings changes. */
  ofCloud(projectId: string, providerName: ProviderName): readonly Peering[] {
    let clouds = this.#clouds.get(projectId)
    if (clouds === undefined) {
      const { peerings } = this.list(projectId)
      clouds = new Map(
        providerNames.map((name) => [name, peerings.filter(({ peer }) => peer.providerName === name)]),
      )
      this.#clouds.set(projectId, clouds)
    }
    return clouds.get(providerName) ?? []
  }

  /** @param isStored false when it is not in the database yet */
  putPeering(peering: Peering, { isStored = false } = {}): void {
    this.#put(peering.projectId, toPeeringKey(peering.peer.providerName, peering.id), {
      event: "peering",
      data: peering,
    })
    if (!isStored) this.#noteUnstored(peering)
  }

  /** Stores what a poll came to. Readers hear of it at once, or every 15 s as long as nothing but its time is new. */
  putWatch(watch: Watch): void {
    const key = `watch ${watch.providerName}`
    const change = this.#latest.get(watch.projectId)?.get(key)
    const told = this.#toldWatches.get(`${watch.projectId} ${key}`)
    if (change !== undefined && told !== undefined && isQuiet(told, watch)) {
      change.event = { event: "watch", data: watch }
      this.#lists.delete(watch.projectId)
      return
    }
    this.#toldWatches.set(`${watch.projectId} ${key}`, watch)
    this.#put(watch.projectId, key, { event: "watch", data: watch })
  }

  putCreates(creates: OpenCreates): void {
    this.#put(creates.projectId, "creates", { event: "creates", data: creates })
  }

  removePeering(peering: Peering, at: string, { isStored = false } = {}): void {
    const { projectId, id, peer } = peering
    this.#put(projectId, toPeeringKey(peer.providerName, id), { event: "gone", data: { projectId, id, at } })
    this.#dropOldGoneEvents(projectId)
    if (!isStored) this.#noteUnstored(peering)
  }

  watchOf(projectId: string, providerName: ProviderName): Watch | null {
    const change = this.#latest.get(projectId)?.get(`watch ${providerName}`)
    return change?.event.event === "watch" ? change.event.data : null
  }

  /** Returns whether all that changed after a change is still known. Otherwise a snapshot is needed. */
  isCompleteSince(sequence: number): boolean {
    return sequence >= this.#completeSince && sequence <= this.#sequence
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

  #noteUnstored({ projectId, peer: { providerName } }: Peering): void {
    this.versions.noteUnstored({ projectId, providerName }, this.#sequence)
  }

  #put(projectId: string, key: string, event: StreamEvent): void {
    const things = this.#latest.get(projectId) ?? new Map<string, Change>()
    const replaced = things.get(key)
    if (replaced !== undefined) replaced.isLatest = false
    const change = { sequence: ++this.#sequence, version: this.versions.completeTo, event, isLatest: true }
    this.#latest.set(projectId, things.set(key, change))
    this.#log(projectId, change, things.size)
    this.#lists.delete(projectId)
    if (event.event === "peering" || event.event === "gone") this.#clouds.delete(projectId)
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
      this.#completeSince = Math.max(this.#completeSince, change.sequence)
    }
  }
}

/** Finds the first latest change after a sequence, by halves. */
function findAfter(log: readonly Change[], sequence: number): Change | undefined {
  let from = 0
  let to = log.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((log[middle]?.sequence ?? 0) > sequence) to = middle
    else from = middle + 1
  }
  while (log[from]?.isLatest === false) from += 1
  return log[from]
}

/** Compares the times both ways, so a clock that was set back does not silence a cloud. */
function isQuiet(told: Watch, { checkedAt, ...now }: Watch): boolean {
  const { checkedAt: toldAt, ...before } = told
  if (toldAt === null || checkedAt === null || !isDeepStrictEqual(before, now)) return false
  return Math.abs(Date.parse(checkedAt) - Date.parse(toldAt)) < quietPollsToldEveryMs
}

function toPeeringKey(providerName: ProviderName, id: string): string {
  return `peering ${providerName} ${id}`
}
