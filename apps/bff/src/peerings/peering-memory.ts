import { readAtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { SeenPeerings } from "#store/seen-peerings.ts"
import type { PeeringBoard } from "./peering-board.ts"

interface PeeringMemoryOptions {
  seen: SeenPeerings
  board: PeeringBoard
  clock: Clock
  logger: Logger
}

/** A connection to be written down as it is now, or as gone. */
interface News {
  peering: Peering
  createdBy: string | null
  goneAt: number | null
}

/** Keeps what the board knows of connections in the store, so that a restart forgets no history. */
export class PeeringMemory {
  readonly #options: PeeringMemoryOptions
  readonly #recalled = new Map<string, Promise<void>>()
  /** What is not written yet, by connection; the latest only. */
  readonly #news = new Map<string, News>()
  #writing = Promise.resolve()

  constructor(options: PeeringMemoryOptions) {
    this.#options = options
  }

  /** Puts a project's connections on the board as they were last seen; once, however often it is called. Rejects when the store fails. */
  recall(projectId: string): Promise<void> {
    let recalled = this.#recalled.get(projectId)
    if (recalled === undefined) {
      recalled = this.#recallNow(projectId).catch((error: unknown) => {
        this.#recalled.delete(projectId)
        throw error
      })
      this.#recalled.set(projectId, recalled)
    }
    return recalled
  }

  /** Writes down what one look found. What can't be written is logged, and goes with the next look. */
  async keep(changed: readonly Peering[], gone: readonly Peering[]): Promise<void> {
    for (const peering of changed) this.#note({ peering, createdBy: null, goneAt: null })
    for (const peering of gone) this.#note({ peering, createdBy: null, goneAt: this.#options.clock.now() })
    await this.#write()
  }

  /** Writes down a connection with the key of the user who asked for it. */
  async keepCreated(peering: Peering, createdBy: string): Promise<void> {
    this.#note({ peering, createdBy, goneAt: null })
    await this.#write()
  }

  async #recallNow(projectId: string): Promise<void> {
    const { board, seen } = this.#options
    for (const { id, providerName, raw, history, beginSeen, createdBy, firstSeenAt } of await seen.load(
      projectId,
    )) {
      const peer = readAtlasPeer(raw, providerName)
      if (peer === null || board.find(projectId, id) !== null) continue
      board.putPeering({
        projectId,
        id,
        peer,
        raw,
        history,
        beginSeen,
        origin: createdBy === null ? "adopted" : "created-here",
        firstSeenAt: toInstant(firstSeenAt),
        createdBy: null,
        createdAt: null,
        leftAvailableAt: null,
        label: null,
      })
    }
  }

  #note(news: News): void {
    const { projectId, id, peer } = news.peering
    const key = `${projectId} ${peer.providerName} ${id}`
    this.#news.set(key, { ...news, createdBy: news.createdBy ?? this.#news.get(key)?.createdBy ?? null })
  }

  /** One writing after another, so that the last word on a connection is also the last one written. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow())
    return this.#writing
  }

  async #writeNow(): Promise<void> {
    const { clock, logger, seen } = this.#options
    const batch = [...this.#news]
    if (batch.length === 0) return
    this.#news.clear()
    try {
      await seen.save(batch.map(([, { peering, createdBy }]) => toSeen(peering, createdBy, clock.now())))
      for (const [, { peering, goneAt }] of batch) {
        const { id, projectId, peer } = peering
        if (goneAt !== null) await seen.markGone({ projectId, providerName: peer.providerName, id }, goneAt)
      }
    } catch (error) {
      logger.error({ err: error }, "what was seen of connections can't be written")
      for (const [key, older] of batch) {
        const newer = this.#news.get(key) ?? older
        this.#news.set(key, { ...newer, createdBy: newer.createdBy ?? older.createdBy })
      }
    }
  }
}

function toSeen(peering: Peering, createdBy: string | null, now: number) {
  const { projectId, id, peer, raw, history, beginSeen } = peering
  const firstSeenAt = Date.parse(history[0]?.at ?? "") || now
  return {
    projectId,
    providerName: peer.providerName,
    id,
    raw,
    history,
    beginSeen,
    createdBy,
    firstSeenAt,
    updatedAt: now,
  }
}
