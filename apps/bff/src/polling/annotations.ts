import type { Peering } from "@peering-desk/shared-schemas"
import type { Creator } from "#audit/peering-audit-rows.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { PeeringNotes } from "./annotation-rows.ts"
import { CachedRead } from "#base/cached-read.ts"

/** What we know of a connection and Atlas does not tell. */
export type PeeringRecord = Pick<Peering, "origin" | "createdBy" | "createdAt" | "label" | "steps">

interface PeeringRecordsOptions {
  loadNotes: (projectId: string) => Promise<Map<string, PeeringNotes>>
  readCreators: (projectId: string, peeringIds: readonly string[]) => Promise<Map<string, Creator>>
  clock: Clock
  logger: Logger
}

/** What other processes write is seen this late at most. */
const notesMaxAgeMs = 5_000
/** Who had a connection made is written a moment after it is seen, perhaps by another process. */
const askAgainForMs = 60_000

interface Known {
  creator: Creator | null
  /** When it was first asked for. */
  since: number
}

/** Who had connections made, their labels and steps; kept, so that a look costs the store next to nothing. */
export class Annotations {
  readonly #options: PeeringRecordsOptions
  readonly #creators = new Map<string, Known>()
  readonly #notes = new Map<string, CachedRead<Map<string, PeeringNotes>>>()

  constructor(options: PeeringRecordsOptions) {
    this.#options = options
  }

  /** What was known at the last `refresh`. */
  of(projectId: string, id: string): PeeringRecord {
    const creator = this.#creators.get(toKey(projectId, id))?.creator ?? null
    const notes = this.#notes.get(projectId)?.kept.value?.get(id)
    return {
      origin: creator === null ? "adopted" : "created-here",
      createdBy: creator?.name ?? null,
      createdAt: creator && toInstant(creator.at),
      label: notes?.label ?? null,
      steps: notes?.steps,
    }
  }

  /** Reads what may have changed. Never throws: then it stays as it was known. */
  async refresh(projectId: string, ids: readonly string[]): Promise<void> {
    const { clock, logger, readCreators } = this.#options
    const now = clock.now()
    const { failure } = await this.#notesOf(projectId).refresh(notesMaxAgeMs)
    if (failure !== null) logger.error({ err: failure, projectId }, "a project's notes can't be read")
    try {
      const asked = ids.filter((id) => {
        const known = this.#creators.get(toKey(projectId, id))
        return known === undefined || (known.creator === null && now - known.since < askAgainForMs)
      })
      const creators = await readCreators(projectId, asked)
      for (const id of asked) {
        const key = toKey(projectId, id)
        const since = this.#creators.get(key)?.since ?? now
        this.#creators.set(key, { creator: creators.get(id) ?? null, since })
      }
    } catch (error) {
      logger.error({ err: error, projectId }, "what is known of a project's connections can't be read")
    }
  }

  /** We have just had it made. */
  noteCreated(projectId: string, id: string, name: string): void {
    const now = this.#options.clock.now()
    this.#creators.set(toKey(projectId, id), { creator: { name, at: now }, since: now })
  }

  /** Something about it was written, so it is read again. */
  expire(projectId: string, id: string): void {
    if (this.#creators.get(toKey(projectId, id))?.creator === null)
      this.#creators.delete(toKey(projectId, id))
    this.#notesOf(projectId).expire()
  }

  #notesOf(projectId: string): CachedRead<Map<string, PeeringNotes>> {
    const known = this.#notes.get(projectId)
    if (known !== undefined) return known
    const { clock, loadNotes } = this.#options
    const notes = new CachedRead(() => loadNotes(projectId), clock)
    this.#notes.set(projectId, notes)
    return notes
  }
}

function toKey(projectId: string, id: string): string {
  return `${projectId} ${id}`
}
