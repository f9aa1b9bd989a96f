import { formatEvent, formatId, type EventText } from "#http/event-stream.ts"
import type { Change } from "./change-log.ts"
import type { LiveState } from "./live-state.ts"

/** What a reader has of each project: the id of an event or of a list; null for a reader that wants snapshots. */
export type NamedProjects = ReadonlyMap<string, string | null>

/** Gives readers the events of their projects. What many readers get is formatted once, and they share its bytes. */
export class ProjectEvents {
  readonly #live: LiveState
  /** By what they say: an event, or a project's list until it changes. */
  readonly #texts = new WeakMap<object, Buffer>()

  constructor(live: LiveState) {
    this.#live = live
  }

  /**
   * Begins a reader after its last event, or after the lists that it names, where that is possible, here or at another process; otherwise
   * with the whole of each project, or with the word that it has to read the list. Each call of the returned function gives one event, as
   * things are then, or null when the reader has everything.
   */
  read(projects: NamedProjects, lastEventId: string | null): () => EventText | null {
    const live = this.#live
    const projectIds = [...projects.keys()]
    const known = [...projects.values()].map((named) => live.parseId(lastEventId ?? named ?? ""))
    const sequences = known.flatMap((one) => one?.sequence ?? [])
    const continues = sequences.length === known.length
    let position = continues ? Math.min(...sequences) : live.sequence
    let openedAt = live.toId()
    let openings = continues
      ? []
      : projectIds.flatMap((id, index) => this.#toOpenings(projects, id, known[index]?.version ?? null))
    return () => {
      if (openings.length === 0 && !live.isCompleteSince(position)) {
        position = live.sequence
        openedAt = live.toId()
        openings = projectIds.flatMap((id) => this.#toOpenings(projects, id, null))
      }
      const [opening, ...others] = openings
      if (opening !== undefined) {
        openings = others
        // It is as things are now, and what changed since the first one comes again.
        const text = opening()
        // Only the last one has an id: a browser that is cut off between two of them starts over.
        return others.length > 0 ? [text] : [formatId(openedAt), text]
      }
      const change = live.nextChange(projectIds, position)
      if (change === null) return null
      position = change.sequence
      return [formatId(live.toId(change.sequence, change.completeTo)), this.#toText(change.event)]
    }
  }

  /** @param version up to which the reader has everything; null when it has nothing */
  #toOpenings(projects: NamedProjects, projectId: string, version: number | null): (() => Buffer)[] {
    const live = this.#live
    const missed = version === null ? null : live.listSince(projectId, version)
    if (missed !== null)
      return [
        ...missed.map((change) => () => this.#toText(change.event)),
        // This process may have begun after the creates that the reader still shows had their outcome.
        () => {
          const { creates = [] } = live.list(projectId)
          return Buffer.from(formatEvent({ event: "creates", data: { projectId, creates } }))
        },
      ]
    if (projects.get(projectId) === null) return [() => this.#toSnapshot(projectId)]
    return [
      () => Buffer.from(formatEvent({ event: "resync", data: { projectId, lastEventId: live.toId() } })),
    ]
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
