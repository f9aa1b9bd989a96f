import { createKeptValues } from "#base/kept-values.ts"
import { formatEvent, formatId, type EventText } from "#http/event-stream.ts"
import type { Change } from "./change-log.ts"
import type { LiveState } from "./live-state.ts"

/** What a reader has of each project: the id of an event or of a list; null for a reader that wants snapshots. */
export type NamedProjects = ReadonlyMap<string, string | null>

/** Gives readers the events of their projects. What many readers get is formatted once, and they share its bytes. */
export class ProjectEvents {
  readonly #live: LiveState
  /** By what they say: an event, or a project's list until it changes. */
  readonly #texts = createKeptValues<object, Buffer>()

  constructor(live: LiveState) {
    this.#live = live
  }

  /**
   * Begins a reader after its last event, or after the lists that it names, where that is possible, here or at another process; otherwise
   * with the whole of each project, or with the word that it has to read the list. Each call of the returned function gives one event, as
   * things are then, or null when the reader has everything.
   */
  read(projects: NamedProjects, lastEventId: string | null): () => EventText | null {
    const projectIds = [...projects.keys()]
    const named = [...projects.values()]
    const known = named.map((id) => this.#live.parseId(lastEventId ?? id ?? ""))
    const sequences = known.flatMap((one) => one?.sequence ?? [])
    const namesLists = named.some((id) => id !== null)
    if (sequences.length === known.length) return this.#begin(projectIds, namesLists, Math.min(...sequences))
    const versions = known.map((one) => one?.version ?? null)
    return this.#begin(projectIds, namesLists, null, versions)
  }

  /** Reads after a change, or after openings by versions. The returned function is all that is kept of a reader. */
  #begin(
    projectIds: readonly string[],
    namesLists: boolean,
    sequence: number | null,
    versions: readonly (number | null)[] = [],
  ): () => EventText | null {
    const live = this.#live
    let position = sequence ?? live.sequence
    let openings = sequence === null ? this.#toOpenings(projectIds, namesLists, versions) : null
    return () => {
      if (openings === null && !live.isCompleteSince(position)) {
        position = live.sequence
        openings = this.#toOpenings(projectIds, namesLists)
      }
      if (openings !== null) {
        const { id, texts } = openings
        const [toText, ...others] = texts
        openings = others.length > 0 ? { id, texts: others } : null
        // It is as things are now, and what changed since the first one comes again.
        const text = toText?.() ?? Buffer.alloc(0)
        // Only the last one has an id: a browser that is cut off between two of them starts over.
        return openings === null ? [formatId(id), text] : [text]
      }
      const change = live.nextChange(projectIds, position)
      if (change === null) return null
      position = change.sequence
      const version = live.nextChange(projectIds, position)?.completeTo
      return [formatId(live.toId(position, version)), this.#toText(change.event)]
    }
  }

  /** @param versions up to which the reader has everything, by project; null where it has nothing */
  #toOpenings(
    projectIds: readonly string[],
    namesLists: boolean,
    versions: readonly (number | null)[] = [],
  ): { id: string; texts: (() => Buffer)[] } {
    const texts = projectIds.flatMap((id, index) => this.#toOpening(id, namesLists, versions[index] ?? null))
    return { id: this.#live.toId(), texts }
  }

  #toOpening(projectId: string, namesLists: boolean, version: number | null): (() => Buffer)[] {
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
    if (!namesLists) return [() => this.#toSnapshot(projectId)]
    const data = { projectId, lastEventId: live.toId() }
    return [() => Buffer.from(formatEvent({ event: "resync", data }))]
  }

  #toSnapshot(projectId: string): Buffer {
    const list = this.#live.list(projectId)
    return this.#texts(list, [], () => Buffer.from(formatEvent({ event: "snapshot", data: list })))
  }

  #toText(event: Change["event"]): Buffer {
    return this.#texts(event, [], () => Buffer.from(formatEvent(event)))
  }
}
