import { readAtlasPeer, type Peering } from "@peering-desk/shared-schemas"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { PeeringStore } from "./peering-store.ts"
import { recordPeering, toLeftAvailableAt } from "./observe-peering.ts"
import type { LiveState } from "./live-state.ts"
import type { Annotations } from "./annotations.ts"

interface PollMemoryDeps {
  peeringStore: PeeringStore
  records: Annotations
  live: LiveState
  clock: Clock
  logger: Logger
}

/** A connection to be written down as it is now, or as gone. */
interface News {
  peering: Peering
  createdBy: string | null
  gone: Gone | null
}

/** When it was first seen to be missing, and the last look that listed it, if that is known; milliseconds since 1970. */
interface Gone {
  at: number
  lastListedAt: number | null
}

/** Keeps what the board knows of connections in the store, so that a restart forgets no history. */
export class PollMemory {
  readonly #options: PollMemoryDeps
  readonly #recalled = new Map<string, Promise<void>>()
  /** What is not written yet, by connection; the latest only. */
  readonly #news = new Map<string, News>()
  #writing = Promise.resolve()

  constructor(options: PollMemoryDeps) {
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
  async keep(
    changed: readonly Peering[],
    gone: readonly Peering[],
    lastListedAt: number | null,
  ): Promise<void> {
    const at = this.#options.clock.now()
    for (const peering of changed) this.#note({ peering, createdBy: null, gone: null })
    for (const peering of gone) this.#note({ peering, createdBy: null, gone: { at, lastListedAt } })
    await this.#write()
  }

  /** Writes down a connection with the key of the user who asked for it. */
  async keepCreated(peering: Peering, createdBy: string): Promise<void> {
    this.#note({ peering, createdBy, gone: null })
    await this.#write()
  }

  /** Something about a connection was written here: tells the board what is known of it now. */
  async retell(projectId: string, id: string): Promise<void> {
    const { live, records } = this.#options
    records.expire(projectId, id)
    await records.refresh(projectId, [id])
    const known = live.find(projectId, id)
    if (known === null) return
    const recorded = recordPeering(known, records.of(projectId, id))
    if (recorded !== known) live.putPeering(recorded)
  }

  async #recallNow(projectId: string): Promise<void> {
    const { live, records, peeringStore } = this.#options
    const rows = await peeringStore.load(projectId)
    await records.refresh(
      projectId,
      rows.map(({ id }) => id),
    )
    for (const { id, providerName, raw, history, beginSeen, firstSeenAt } of rows) {
      const peer = readAtlasPeer(raw, providerName)
      if (peer === null || live.find(projectId, id) !== null) continue
      const begin = { history, beginSeen, firstSeenAt: toInstant(firstSeenAt) }
      const leftAvailableAt = toLeftAvailableAt(history)
      live.putPeering({ projectId, id, peer, raw, ...begin, leftAvailableAt, ...records.of(projectId, id) })
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
    const { clock, logger, peeringStore } = this.#options
    const batch = [...this.#news]
    if (batch.length === 0) return
    this.#news.clear()
    try {
      await peeringStore.save(
        batch.map(([, { peering, createdBy }]) => toSeen(peering, createdBy, clock.now())),
      )
      for (const [, { peering, gone }] of batch) {
        const { id, projectId, peer } = peering
        if (gone !== null)
          await peeringStore.markGone({ projectId, providerName: peer.providerName, id }, gone)
      }
    } catch (error) {
      logger.error({ err: error }, "what was peeringStore of connections can't be written")
      for (const [key, older] of batch) {
        const newer = this.#news.get(key) ?? older
        this.#news.set(key, { ...newer, createdBy: newer.createdBy ?? older.createdBy })
      }
    }
  }
}

function toSeen(peering: Peering, createdBy: string | null, now: number) {
  const { projectId, id, peer, raw, history, beginSeen } = peering
  const firstSeenAt = Date.parse(peering.firstSeenAt) || now
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
