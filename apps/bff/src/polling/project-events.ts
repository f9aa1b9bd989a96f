import { formatEvent, formatId, type EventText } from "#http/event-stream.ts"
import type { Change, LiveState } from "./live-state.ts"

/** Gives readers the events of their projects. What many readers get is formatted once, and they share its bytes. */
export class ProjectEvents {
  readonly #live: LiveState
  /** By what they say: an event, or a project's list until it changes. */
  readonly #texts = new WeakMap<object, Buffer>()

  constructor(live: LiveState) {
    this.#live = live
  }

  /**
   * Begins a reader after its last event if that is ours and not too old; otherwise with the whole of each project. Each call of the
   * returned function gives one event, as things are then, or null when the reader has everything.
   */
  read(projectIds: readonly string[], lastEventId: string | null): () => EventText | null {
    const live = this.#live
    let position = this.#toPosition(lastEventId)
    let snapshots = position === null ? projectIds : []
    return () => {
      if (position !== null && snapshots.length === 0 && !live.isCompleteSince(position)) {
        position = null
        snapshots = projectIds
      }
      // A snapshot may be taken later than the first one, and then what changed between them comes again.
      position ??= live.sequence
      const [projectId, ...others] = snapshots
      if (projectId !== undefined) {
        snapshots = others
        const text = this.#toSnapshotText(projectId)
        // Only the last one has an id: a browser that is cut off between two of them starts over.
        return others.length > 0 ? [text] : [formatId(this.#toId(position)), text]
      }
      const change = live.nextChange(projectIds, position)
      if (change === null) return null
      position = change.sequence
      return [this.#toChangeText(change)]
    }
  }

  #toPosition(lastEventId: string | null): number | null {
    const [, epoch, sequence] = /^([0-9a-f]{8})\.(\d+)$/.exec(lastEventId ?? "") ?? []
    return epoch === this.#live.epoch && this.#live.isCompleteSince(Number(sequence))
      ? Number(sequence)
      : null
  }

  #toId(sequence: number): string {
    return `${this.#live.epoch}.${sequence}`
  }

  #toChangeText({ event, sequence }: Change): Buffer {
    return this.#once(event, () => formatEvent({ id: this.#toId(sequence), ...event }))
  }

  #toSnapshotText(projectId: string): Buffer {
    const list = this.#live.list(projectId)
    return this.#once(list, () => formatEvent({ event: "snapshot", data: list }))
  }

  #once(said: object, format: () => string): Buffer {
    const known = this.#texts.get(said)
    if (known !== undefined) return known
    const text = Buffer.from(format())
    this.#texts.set(said, text)
    return text
  }
}
