import { randomUUID } from "node:crypto"
import type { Peering } from "@peering-desk/shared-schemas"
import type { Transaction } from "kysely"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { patienceMs } from "#store/store.ts"
import type { Tables } from "#store/tables.ts"
import { idsOf, PendingPeerings, type Batch } from "./pending-peerings.ts"
import type { PeeringStore } from "./peering-store.ts"
import type { Cloud, PollSession, PollSessions } from "./poll-sessions.ts"
import type { WriteFence } from "./write-fence.ts"

/** Stores something in a transaction of the caller's. */
export type SaveWithin = (transaction: Transaction<Tables>) => Promise<void>

interface PollLogDeps {
  peeringStore: PeeringStore
  pollSessions: PollSessions
  /** Guards what is written against other processes; null when there can be none. */
  fence: WriteFence | null
  clock: Clock
  logger: Logger
}

/** The findings of one poll. */
interface Poll {
  /** When Atlas answered, milliseconds since 1970. */
  at: number
  /** The peerings that are listed and may differ from what was logged before. */
  changed: readonly Peering[]
  gone: readonly Peering[]
  /** False for a cloud that is polled only now and then: its peerings are observed, and not stored to be polled after a restart. */
  isFollowed: boolean
}

interface CloudState {
  session: PollSession | null
  /** When Atlas last answered, milliseconds since 1970; null when that is unknown. */
  lastPoll: number | null
  /** Why polls have failed since then. */
  problem: string | null
}

/** Polls farther apart than this have a gap between them. Every poll interval is shorter. */
export const longestIntervalMs = 90_000
/** The growth of a session is written this often. A crash loses as much of it. */
const writeSessionsEveryMs = 30_000

/** Writes what polls find to the database. What can't be written is logged, and written with the next poll. */
export class PollLog {
  readonly #deps: PollLogDeps
  readonly #clouds = new Map<string, CloudState>()
  readonly #pending: PendingPeerings
  /** Sessions that grew and are not written yet. */
  readonly #sessions = new Map<string, PollSession>()
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing = Promise.resolve()
  /** Works of others that write something of ours at present. */
  readonly #works = new Set<Promise<void>>()
  /** What is being written at present. */
  readonly #underWay = new Set<Batch>()

  constructor(deps: PollLogDeps) {
    this.#deps = deps
    const { clock, fence } = deps
    this.#pending = new PendingPeerings(clock, fence && ((cloud) => fence.turnOf(cloud)))
  }

  /** Writes what a poll found. A locked database does not delay those who wait for the poll. Never throws. */
  async notePoll(cloud: Cloud, { at, changed, gone, isFollowed }: Poll): Promise<void> {
    const { clock } = this.#deps
    const state = await this.#readState(cloud)
    const lastListedAt = state.lastPoll
    for (const peering of changed) {
      if (isFollowed) this.#pending.keep(peering)
      this.#pending.observe(peering, { at, afterAt: lastListedAt, what: "listed" })
    }
    for (const peering of gone) {
      if (isFollowed) this.#pending.keep(peering, { gone: { at, lastListedAt } })
      this.#pending.observe(peering, { at, afterAt: lastListedAt, what: "gone" })
    }
    this.#extendSession(cloud, state, at)
    if (!this.#pending.isEmpty || clock.elapsed() - this.#writtenAt >= writeSessionsEveryMs)
      await waitAtMost(clock, patienceMs, [this.write()])
  }

  /** Writes a peering as Atlas answered to a change of it, so the time of the change is exact. */
  async noteAnswer(peering: Peering, at: number): Promise<void> {
    this.#pending.keep(peering)
    this.#pending.observe(peering, { at, afterAt: at, what: "listed" })
    await this.write()
  }

  /**
   * Keeps a peering that was created just now, to be written by `writeWith`.
   * @param at when Atlas answered, so the time of its first status is exact; null when a poll has shown it before
   * @param createdBy key of the user
   */
  keepCreated(peering: Peering, at: number | null, createdBy: string): void {
    this.#pending.keep(peering, { createdBy })
    if (at !== null) this.#pending.observe(peering, { at, afterAt: at, what: "listed" })
  }

  /**
   * Runs work whose transaction also writes what is pending of one peering. Polls write after it, so observations stay in order. What a
   * failed work leaves is written with the next poll.
   */
  async writeWith<T>(peering: Peering, work: (save: SaveWithin) => Promise<T>): Promise<T> {
    const working = this.#writeWith(peering, work)
    const ended = working.then(
      () => undefined,
      () => undefined,
    )
    this.#works.add(ended)
    void ended.then(() => this.#works.delete(ended))
    return await working
  }

  /** Writes the peerings of a cloud that is followed from now on. Polls may have observed them before. */
  async noteFollowed(peerings: readonly Peering[], at: number): Promise<void> {
    for (const peering of peerings) {
      this.#pending.keep(peering)
      this.#pending.observe(peering, { at, afterAt: null, what: "listed" })
    }
    await this.write()
  }

  /** Writes which user created a peering through this server. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    this.#pending.keep(peering, { createdBy })
    await this.write()
  }

  /** Notes that another process polled a cloud. */
  noteElsewhere(cloud: Cloud, at: number): void {
    const state = this.#clouds.get(toCloudKey(cloud))
    if (state !== undefined) state.lastPoll = Math.max(state.lastPoll ?? 0, at)
  }

  noteFailure(cloud: Cloud, problem: string): void {
    const state = this.#clouds.get(toCloudKey(cloud))
    if (state !== undefined) state.problem = problem
  }

  /** Returns why polls have failed since the last one that Atlas answered; null when they have not. */
  problemOf(cloud: Cloud): string | null {
    return this.#clouds.get(toCloudKey(cloud))?.problem ?? null
  }

  /** Returns the ids of the peerings of a cloud with findings that the database has neither accepted nor refused yet. */
  listUnwritten(cloud: Cloud): ReadonlySet<string> {
    const underWay = [...this.#underWay].flatMap(({ peerings }) => idsOf(cloud, peerings))
    return new Set([...this.#pending.listOf(cloud), ...underWay])
  }

  /** Writes what is pending, after any write that is under way. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow())
    return this.#writing
  }

  #extendSession(cloud: Cloud, state: CloudState, at: number): void {
    if (state.session === null || at - state.session.until > longestIntervalMs) {
      state.session = { ...cloud, id: randomUUID(), from: at, until: at, problemBefore: state.problem }
      this.#writtenAt = Number.NEGATIVE_INFINITY
    }
    // The clock may have been set back.
    state.session = { ...state.session, until: Math.max(at, state.session.until) }
    state.lastPoll = at
    state.problem = null
    this.#sessions.set(state.session.id, state.session)
  }

  /** Reads when an earlier process last polled a cloud, the first time it is needed. */
  async #readState(cloud: Cloud): Promise<CloudState> {
    const known = this.#clouds.get(toCloudKey(cloud))
    if (known !== undefined) return known
    const lastPoll = await this.#deps.pollSessions.findLastPoll(cloud).catch((error: unknown) => {
      this.#deps.logger.error({ err: error }, "when a cloud was last polled can't be read")
      return null
    })
    const state = this.#clouds.get(toCloudKey(cloud)) ?? { session: null, lastPoll, problem: null }
    this.#clouds.set(toCloudKey(cloud), state)
    return state
  }

  async #writeWith<T>(peering: Peering, work: (save: SaveWithin) => Promise<T>): Promise<T> {
    const { clock, fence, peeringStore } = this.#deps
    const batch = this.#pending.takeOf(peering)
    this.#underWay.add(batch)
    const fenced = fence?.begin(batch.turns) ?? null
    let isSaved = false
    try {
      const result = await work(async (transaction) => {
        await peeringStore.saveWithin(transaction, batch, clock.now(), fenced)
        isSaved = true
      })
      this.#underWay.delete(batch)
      if (isSaved) await fenced?.end()
      return result
    } catch (error) {
      isSaved = false
      fenced?.undo()
      throw error
    } finally {
      this.#underWay.delete(batch)
      if (!isSaved) this.#pending.putBack(batch)
    }
  }

  async #writeNow(): Promise<void> {
    const { clock, fence, logger, peeringStore, pollSessions } = this.#deps
    await Promise.all(this.#works)
    const batch = this.#pending.takeAll()
    this.#underWay.add(batch)
    let isSaved = false
    const fenced = fence?.begin(batch.turns) ?? null
    const sessions = new Map(this.#sessions)
    this.#sessions.clear()
    try {
      await peeringStore.save(batch.peerings, batch.observations, clock.now(), fenced)
      isSaved = true
      this.#underWay.delete(batch)
      await fenced?.end()
      await pollSessions.save([...sessions.values()])
      this.#writtenAt = clock.elapsed()
    } catch (error) {
      logger.error({ err: error }, "what polls found can't be written")
      this.#underWay.delete(batch)
      if (!isSaved) {
        this.#pending.putBack(batch)
        fenced?.undo()
      }
      for (const [id, session] of sessions) if (!this.#sessions.has(id)) this.#sessions.set(id, session)
    }
  }
}

function toCloudKey({ projectId, providerName }: Cloud): string {
  return `${projectId} ${providerName}`
}
