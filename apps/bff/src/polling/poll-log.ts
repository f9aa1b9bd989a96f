import { randomUUID } from "node:crypto"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { patienceMs } from "#store/store.ts"
import type { Cloud, PollSession, PollSessions } from "./poll-sessions.ts"

interface PollLogDeps {
  pollSessions: PollSessions
  clock: Clock
  logger: Logger
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

/** Knows when each cloud was polled, and writes the times in which it was. */
export class PollLog {
  readonly #deps: PollLogDeps
  readonly #clouds = new Map<string, CloudState>()
  /** Sessions that grew and are not written yet. */
  readonly #sessions = new Map<string, PollSession>()
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing = Promise.resolve()

  constructor(deps: PollLogDeps) {
    this.#deps = deps
  }

  /** Returns when a cloud was last polled, also by an earlier process; null when that is unknown. */
  async readLastPoll(cloud: Cloud): Promise<number | null> {
    return (await this.#readState(cloud)).lastPoll
  }

  /** Notes a poll that Atlas answered and whose findings are stored. A locked database does not delay it. Never throws. */
  async notePoll(cloud: Cloud, at: number): Promise<void> {
    const { clock } = this.#deps
    this.#extendSession(cloud, await this.#readState(cloud), at)
    if (clock.elapsed() - this.#writtenAt >= writeSessionsEveryMs)
      await waitAtMost(clock, patienceMs, [this.write()])
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

  /** Writes the sessions that grew, after any write that is under way. */
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
      this.#deps.logger.error({ err: error, ...cloud }, "Could not read when a cloud was last polled")
      return null
    })
    const state = this.#clouds.get(toCloudKey(cloud)) ?? { session: null, lastPoll, problem: null }
    this.#clouds.set(toCloudKey(cloud), state)
    return state
  }

  async #writeNow(): Promise<void> {
    const { clock, logger, pollSessions } = this.#deps
    const sessions = new Map(this.#sessions)
    this.#sessions.clear()
    try {
      await pollSessions.save([...sessions.values()])
      this.#writtenAt = clock.elapsed()
    } catch (error) {
      logger.error({ err: error }, "Could not write when clouds were polled")
      for (const [id, session] of sessions) if (!this.#sessions.has(id)) this.#sessions.set(id, session)
    }
  }
}

function toCloudKey({ projectId, providerName }: Cloud): string {
  return `${projectId} ${providerName}`
}
