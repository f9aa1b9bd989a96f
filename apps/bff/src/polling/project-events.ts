import { formatEvent, formatId, type EventText } from "#http/event-stream.ts"
import type { Change, LiveState } from "./live-state.ts"

/**
 * The id of an event: a count of versions of the stored state and the version up to which a reader has everything, which mean the same at
 * every process; then the process and its own number of the event.
 */
const eventId = /^([0-9a-f]{8})\.(\d+)\.([0-9a-f]{8})\.(\d+)$/

/** Gives readers the events of their projects. What many readers get is formatted once, and they share its bytes. */
export class ProjectEvents {
  readonly #live: LiveState
  /** By what they say: an event, or a project's list until it changes. */
  readonly #texts = new WeakMap<object, Buffer>()

  constructor(live: LiveState) {
    this.#live = live
  }

  /**
   * Begins a reader after its last event where that is possible, here or at another process; otherwise with the whole of each project.
   * Each call of the returned function gives one event, as things are then, or null when the reader has everything.
   */
  read(projectIds: readonly string[], lastEventId: string | null): () => EventText | null {
    const live = this.#live
    const known = this.#parse(lastEventId)
    let position = known?.position ?? null
    let openings = position === null ? this.#toOpenings(projectIds, known?.version ?? null) : []
    return () => {
      if (position !== null && openings.length === 0 && !live.isCompleteSince(position)) {
        position = null
        openings = this.#toOpenings(projectIds, null)
      }
      // An opening may be taken later than the first one, and then what changed between them comes again.
      position ??= live.sequence
      const [opening, ...others] = openings
      if (opening !== undefined) {
        openings = others
        const text = opening()
        // Only the last one has an id: a browser that is cut off between two of them starts over.
        return others.length > 0 ? [text] : [formatId(this.#toId(position, live.stored.version)), text]
      }
      const change = live.nextChange(projectIds, position)
      if (change === null) return null
      position = change.sequence
      return [formatId(this.#toId(change.sequence, change.completeTo)), this.#toText(change.event)]
    }
  }

  #toId(sequence: number, version: number): string {
    const { epoch, stored } = this.#live
    return `${stored.incarnation}.${version}.${epoch}.${sequence}`
  }

  /** Returns up to where a reader has everything; null when it needs all. */
  #parse(lastEventId: string | null): { position: number | null; version: number } | null {
    const live = this.#live
    const [, incarnation, version, epoch, sequence] = eventId.exec(lastEventId ?? "") ?? []
    if (incarnation === undefined || incarnation !== live.stored.incarnation) return null
    const isOurs = epoch === live.epoch
    if (isOurs && !live.isCompleteSince(Number(sequence))) return null
    return { position: isOurs ? Number(sequence) : null, version: Number(version) }
  }

  /** @param version up to which the reader has everything; null when it has nothing */
  #toOpenings(projectIds: readonly string[], version: number | null): (() => Buffer)[] {
    const live = this.#live
    const missed = projectIds.map((projectId) =>
      version === null ? null : live.listSince(projectId, version),
    )
    if (missed.some((changes) => changes === null))
      return projectIds.map((projectId) => () => this.#toSnapshot(projectId))
    return projectIds.flatMap((projectId, index) => [
      ...(missed[index] ?? []).map((change) => () => this.#toText(change.event)),
      // This process may have begun after the creates that the reader still shows had their outcome.
      () => {
        const { creates = [] } = live.list(projectId)
        return Buffer.from(formatEvent({ event: "creates", data: { projectId, creates } }))
      },
    ])
  }

  #toSnapshot(projectId: string): Buffer {
    const list = this.#live.list(projectId)
    return this.#once(list, () => formatEvent({ event: "snapshot", data: list }))
  }

  #toText(event: Change["event"]): Buffer {
    return this.#once(event, () => formatEvent(event))
  }

  #once(said: object, format: () => string): Buffer {
    const known = this.#texts.get(said)
    if (known !== undefined) return known
    const text = Buffer.from(format())
    this.#texts.set(said, text)
    return text
  }
}
