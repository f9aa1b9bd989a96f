import { randomUUID } from "node:crypto"
import { readStatus, type Peering, type ProviderName } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { NewObservation, Observations } from "./observations.ts"
import type { PollSession, PollSessions } from "./poll-sessions.ts"

interface LookLogOptions {
  observations: Observations
  stretches: PollSessions
  clock: Clock
  logger: Logger
}

interface Cloud {
  projectId: string
  providerName: ProviderName
}

/** What one look found. */
interface Look {
  changed: readonly Peering[]
  gone: readonly Peering[]
}

interface CloudState {
  stretch: PollSession | null
  /** When Atlas last answered, milliseconds since 1970; null when that is not known. */
  lastLook: number | null
  /** Why looks fail since then. */
  problem: string | null
}

/** Where looks are farther apart than this, the time between them counts as a gap. Every pace at which a cloud is watched is quicker. */
export const longestStepMs = 90_000
/** How long a stretch has become is written down this often; after a crash so much of it is missing. */
const writeEveryMs = 30_000
const mostWaiting = 20_000

/** Writes down every look: what it showed, and that somebody looked. */
export class PollLog {
  readonly #options: LookLogOptions
  readonly #clouds = new Map<string, CloudState>()
  #waiting: NewObservation[] = []
  readonly #grown = new Map<string, PollSession>()
  #writtenAt = Number.NEGATIVE_INFINITY
  #writing = Promise.resolve()

  constructor(options: LookLogOptions) {
    this.#options = options
  }

  /** When Atlas last answered for a cloud, also in an earlier life of the server; null when that is not known. Never throws. */
  async lastLook(cloud: Cloud): Promise<number | null> {
    return (await this.#stateOf(cloud)).lastLook
  }

  /** Takes in what a look found, now. What can't be written is logged, and goes with the next look. */
  async noteLook(cloud: Cloud, { changed, gone }: Look): Promise<void> {
    const at = this.#options.clock.now()
    const state = await this.#stateOf(cloud)
    const seen = { ...cloud, at, afterAt: state.lastLook }
    for (const { id, peer, raw } of changed)
      this.#waiting.push({ ...seen, peeringId: id, what: "listed", status: readStatus(peer), raw })
    for (const { id, peer } of gone)
      this.#waiting.push({ ...seen, peeringId: id, what: "gone", status: readStatus(peer), raw: null })

    if (state.stretch === null || at - state.stretch.until > longestStepMs) {
      state.stretch = { id: randomUUID(), ...cloud, from: at, until: at, problemBefore: state.problem }
      this.#writtenAt = Number.NEGATIVE_INFINITY
    }
    state.stretch = { ...state.stretch, until: at }
    state.lastLook = at
    state.problem = null
    this.#grown.set(state.stretch.id, state.stretch)
    if (this.#waiting.length > 0 || at - this.#writtenAt >= writeEveryMs) await this.write()
  }

  /** Atlas told of a connection as it made or changed it, so that is seen to the moment. */
  async noteAnswer(peering: Peering): Promise<void> {
    const { projectId, id, peer, raw } = peering
    const at = this.#options.clock.now()
    const where = { projectId, providerName: peer.providerName, peeringId: id }
    this.#waiting.push({ ...where, at, afterAt: at, what: "listed", status: readStatus(peer), raw })
    await this.write()
  }

  noteFailure(cloud: Cloud, problem: string): void {
    const state = this.#clouds.get(toKey(cloud))
    if (state !== undefined) state.problem = problem
  }

  /** Why looks fail since the last one that Atlas answered; null when they do not. */
  problemOf(cloud: Cloud): string | null {
    return this.#clouds.get(toKey(cloud))?.problem ?? null
  }

  /** Writes what is not written yet. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow())
    return this.#writing
  }

  async #stateOf(cloud: Cloud): Promise<CloudState> {
    const known = this.#clouds.get(toKey(cloud))
    if (known !== undefined) return known
    const lastLook = await this.#options.stretches.lastLook(cloud).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, "when a cloud was last looked at can't be read")
      return null
    })
    const state = this.#clouds.get(toKey(cloud)) ?? { stretch: null, lastLook, problem: null }
    this.#clouds.set(toKey(cloud), state)
    return state
  }

  async #writeNow(): Promise<void> {
    const { clock, logger, observations, stretches } = this.#options
    const waiting = this.#waiting.splice(0)
    const grown = [...this.#grown.values()]
    this.#grown.clear()
    try {
      await observations.add(waiting)
      waiting.length = 0
      await stretches.save(grown)
      this.#writtenAt = clock.now()
    } catch (error) {
      logger.error({ err: error }, "what was observed can't be written")
      this.#waiting = [...waiting, ...this.#waiting].slice(-mostWaiting)
      for (const stretch of grown) if (!this.#grown.has(stretch.id)) this.#grown.set(stretch.id, stretch)
    }
  }
}

function toKey({ projectId, providerName }: Cloud): string {
  return `${projectId} ${providerName}`
}
