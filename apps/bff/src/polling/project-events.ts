import { formatEvent, formatId, type EventText } from "#http/event-stream.ts"
import type { Change, LiveState } from "./live-state.ts"

/** The id of an event: its process, its place there, and the version of the database up to which that process had everything. */
const eventId = /^([0-9a-f]{8})\.(\d+)(?:\.(\d+))?$/

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
    let position = this.#toPosition(lastEventId)
    let openings = position === null ? projectIds : []
    let version = this.#toVersionElsewhere(lastEventId)
    return () => {
      if (position !== null && openings.length === 0 && !live.isCompleteSince(position)) {
        position = null
        openings = projectIds
        version = null
      }
      // A snapshot may be taken later than the first one, and then what changed between them comes again.
      position ??= live.sequence
      const [projectId, ...others] = openings
      if (projectId !== undefined) {
        openings = others
        const text = this.#toOpeningText(projectId, version)
        // Only the last one has an id: a browser that is cut off between two of them starts over.
        return others.length > 0 ? [text] : [formatId(live.toId({ sequence: position })), text]
      }
      const change = live.nextChange(projectIds, position)
      if (change === null) return null
      position = change.sequence
      return [this.#toChangeText(change)]
    }
  }

  #toPosition(lastEventId: string | null): number | null {
    const [, epoch, sequence] = eventId.exec(lastEventId ?? "") ?? []
    return epoch === this.#live.epoch && this.#live.isCompleteSince(Number(sequence))
      ? Number(sequence)
      : null
  }

  /** Returns the version up to which a reader has everything from another process; null for any other reader. */
  #toVersionElsewhere(lastEventId: string | null): number | null {
    const [, epoch, , version] = eventId.exec(lastEventId ?? "") ?? []
    const { versions } = this.#live
    // A database that was restored counts from an older version again.
    const isKnown =
      epoch !== this.#live.epoch && version !== undefined && Number(version) <= versions.completeTo
    return isKnown ? Number(version) : null
  }

  #toOpeningText(projectId: string, version: number | null): Buffer {
    const list = this.#live.list(projectId)
    if (version === null || this.#live.versions.hasNewsSince(projectId, version))
      return this.#once(list, () => formatEvent({ event: "snapshot", data: list }))
    // No version counts open creates: each process finds them by itself.
    const { creates = [] } = list
    return Buffer.from(formatEvent({ event: "creates", data: { projectId, creates } }))
  }

  #toChangeText(change: Change): Buffer {
    const { event } = change
    return this.#once(event, () => formatEvent({ id: this.#live.toId(change), ...event }))
  }

  #once(said: object, format: () => string): Buffer {
    const known = this.#texts.get(said)
    if (known !== undefined) return known
    const text = Buffer.from(format())
    this.#texts.set(said, text)
    return text
  }
}
