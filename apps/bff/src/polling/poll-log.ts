import { randomUUID } from "node:crypto"
import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { NewObservation } from "./observation-rows.ts"
import type { PeeringStore } from "./peering-store.ts"
import type { Cloud, PollSession, PollSessions } from "./poll-sessions.ts"
import { toPeeringKey, type StoredPeering } from "./stored-peering.ts"

interface PollLogDeps {
  peeringStore: PeeringStore
  pollSessions: PollSessions
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
const mostPending = 20_000

/** Writes what polls find to the database. What can't be written is logged, and written with the next poll. */
export class PollLog {
  readonly #deps: PollLogDeps
  readonly #clouds = new Map<string, CloudState>()
  /** Not written yet: the latest state of each peering, every observation, and each session that grew. */
  readonly #peerings = new Map<string, StoredPeering>()
  #observations: NewObservation[] = []
  readonly #sessions = new Map<string, PollSession>()
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing = Promise.resolve()

  constructor(deps: PollLogDeps) {
    this.#deps = deps
  }

  /** Writes what a poll found. Never throws. */
  async notePoll(cloud: Cloud, { at, changed, gone, isFollowed }: Poll): Promise<void> {
    const { clock } = this.#deps
    const state = await this.#readState(cloud)
    const lastListedAt = state.lastPoll
    for (const peering of changed) {
      if (isFollowed) this.#keep(peering)
      this.#observe(peering, { at, afterAt: lastListedAt, what: "listed" })
    }
    for (const peering of gone) {
      if (isFollowed) this.#keep(peering, { gone: { at, lastListedAt } })
      this.#observe(peering, { at, afterAt: lastListedAt, what: "gone" })
    }
    this.#extendSession(cloud, state, at)
    const isPending = this.#peerings.size + this.#observations.length > 0
    if (isPending || clock.elapsed() - this.#writtenAt >= writeSessionsEveryMs) await this.write()
  }

  /**
   * Writes a peering as Atlas answered to a create or a change of it, so the time of the change is exact.
   * @param createdBy key of the user who created it, when that was just now
   */
  async noteAnswer(peering: Peering, at: number, createdBy: string | null = null): Promise<void> {
    this.#keep(peering, { createdBy })
    this.#observe(peering, { at, afterAt: at, what: "listed" })
    await this.write()
  }

  /** Writes the peerings of a cloud that is followed from now on. Polls may have observed them before. */
  async noteFollowed(peerings: readonly Peering[], at: number): Promise<void> {
    for (const peering of peerings) {
      this.#keep(peering)
      this.#observe(peering, { at, afterAt: null, what: "listed" })
    }
    await this.write()
  }

  /** Writes which user created a peering through this server. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    this.#keep(peering, { createdBy })
    await this.write()
  }

  noteFailure(cloud: Cloud, problem: string): void {
    const state = this.#clouds.get(toCloudKey(cloud))
    if (state !== undefined) state.problem = problem
  }

  /** Returns why polls have failed since the last one that Atlas answered; null when they have not. */
  problemOf(cloud: Cloud): string | null {
    return this.#clouds.get(toCloudKey(cloud))?.problem ?? null
  }

  /** Writes what is pending, after any write that is under way. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow())
    return this.#writing
  }

  #keep(
    peering: Peering,
    { createdBy = null, gone = null }: Partial<Pick<StoredPeering, "createdBy" | "gone">> = {},
  ): void {
    const { projectId, id, peer, raw, beginSeen, firstSeenAt } = peering
    const { providerName } = peer
    const key = toPeeringKey({ projectId, providerName, id })
    this.#peerings.set(key, {
      projectId,
      providerName,
      id,
      raw,
      beginSeen,
      gone,
      createdBy: createdBy ?? this.#peerings.get(key)?.createdBy ?? null,
      firstSeenAt: Date.parse(firstSeenAt) || this.#deps.clock.now(),
    })
  }

  #observe(
    { projectId, id: peeringId, peer, raw }: Peering,
    how: Pick<NewObservation, "at" | "afterAt" | "what">,
  ): void {
    this.#observations.push({
      projectId,
      providerName: peer.providerName,
      peeringId,
      ...how,
      status: readStatus(peer),
      raw: how.what === "gone" ? null : raw,
    })
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

  async #writeNow(): Promise<void> {
    const { clock, logger, peeringStore, pollSessions } = this.#deps
    const peerings = new Map(this.#peerings)
    const observations = this.#observations.splice(0)
    const sessions = new Map(this.#sessions)
    this.#peerings.clear()
    this.#sessions.clear()
    try {
      await peeringStore.save([...peerings.values()], observations, clock.now())
      peerings.clear()
      observations.length = 0
      await pollSessions.save([...sessions.values()])
      this.#writtenAt = clock.elapsed()
    } catch (error) {
      logger.error({ err: error }, "what polls found can't be written")
      this.#observations = [...observations, ...this.#observations].slice(-mostPending)
      for (const [key, older] of peerings) {
        const newer = this.#peerings.get(key) ?? older
        this.#peerings.set(key, { ...newer, createdBy: newer.createdBy ?? older.createdBy })
      }
      for (const [id, session] of sessions) if (!this.#sessions.has(id)) this.#sessions.set(id, session)
    }
  }
}

function toCloudKey({ projectId, providerName }: Cloud): string {
  return `${projectId} ${providerName}`
}
