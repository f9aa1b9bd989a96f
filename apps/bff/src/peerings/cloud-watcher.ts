import { readAtlasPeer, type Peering, type ProviderName, type RawAnswer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { observePeering } from "./observe-peering.ts"
import type { PeeringBoard } from "./peering-board.ts"
import type { PeeringMemory } from "./peering-memory.ts"
import { toBackoffMs } from "./watch-pace.ts"

export interface CloudWatcherOptions {
  projectId: string
  providerName: ProviderName
  atlas: AtlasClient
  board: PeeringBoard
  memory: PeeringMemory
  clock: Clock
  logger: Logger
  /** How long to wait before the next look, in milliseconds; null to stop looking. */
  pace: () => number | null
}

/** The one poll loop over the connections of one project in one cloud. */
export class CloudWatcher {
  readonly #options: CloudWatcherOptions
  #looking: Promise<void> | null = null
  #cancelNext = () => {}
  /** When the last look ended, and when the last one that Atlas answered did. */
  #triedAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY
  #notPlannedBefore = Number.NEGATIVE_INFINITY
  #failuresInARow = 0
  #failure: AppError | null = null
  /** Created here but perhaps not yet in Atlas's list: id → until when a list without it proves nothing. */
  readonly #justCreated = new Map<string, number>()

  constructor(options: CloudWatcherOptions) {
    this.#options = options
  }

  /** Why the last look failed; null when it did not. */
  get failure(): AppError | null {
    return this.#failure
  }

  /** Whether Atlas ever answered, so that what it did not list then is known not to have been there. */
  get everAnswered(): boolean {
    return this.#lookedAt > Number.NEGATIVE_INFINITY
  }

  /** Looks now, unless the last look is younger than that. Never throws: see `failure`. */
  async look(maxAgeMs: number): Promise<void> {
    if (this.#looking === null && this.#options.clock.now() - this.#triedAt < maxAgeMs) return
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null
    })
    await this.#looking
  }

  /** Plans the next look by the present pace. */
  plan(): void {
    this.#cancelNext()
    const paceMs = this.#options.pace()
    if (paceMs === null) return
    const now = this.#options.clock.now()
    const due = Math.max(this.#lookedAt + paceMs, this.#notPlannedBefore)
    this.#cancelNext = this.#options.clock.after(Math.max(due - now, 0), () => void this.look(0))
  }

  stop(): void {
    this.#cancelNext()
  }

  /**
   * Takes in a connection that we just created, before any list shows it.
   * @param createdBy key of the user who asked for it
   */
  async adopt(raw: RawAnswer, createdBy: string): Promise<Peering | null> {
    const { board, clock, memory, projectId, providerName } = this.#options
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) return null
    this.#justCreated.set(peer.id, clock.now() + 60_000)
    const known = board.ofCloud(projectId, providerName).find(({ id }) => id === peer.id) ?? null
    const peering = this.#observe(raw, known, true)
    this.plan()
    if (peering !== null) await memory.keepCreated(peering, createdBy)
    return peering
  }

  /** The same for one that a list has shown already. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    await this.#options.memory.keepCreated(peering, createdBy)
  }

  async #lookOnce(): Promise<void> {
    const { atlas, board, clock, logger, memory, projectId, providerName } = this.#options
    this.#cancelNext()
    try {
      await memory.recall(projectId)
      const answers = await atlas.listPeers(projectId, providerName)
      await this.#takeIn(answers)
      this.#failuresInARow = 0
      this.#failure = null
      this.#lookedAt = clock.now()
      board.putWatch({
        projectId,
        providerName,
        checkedAt: toInstant(clock.now()),
        problem: null,
        retryAt: null,
      })
    } catch (thrown) {
      if (!(thrown instanceof AppError))
        logger.error({ err: thrown, projectId, providerName }, "a look at Atlas failed in our own code")
      this.#failure = thrown instanceof AppError ? thrown : new AppError("internal_error", { cause: thrown })
      this.#failuresInARow += 1
      this.#notPlannedBefore =
        clock.now() + toBackoffMs(this.#failuresInARow, this.#failure.shown.retryAfterSeconds)
      const checkedAt = board.watchOf(projectId, providerName)?.checkedAt ?? null
      board.putWatch({
        projectId,
        providerName,
        checkedAt,
        problem: this.#failure.code,
        retryAt: toInstant(this.#notPlannedBefore),
      })
    }
    this.#triedAt = clock.now()
    this.plan()
  }

  async #takeIn(answers: readonly RawAnswer[]): Promise<void> {
    const { board, clock, memory, projectId, providerName } = this.#options
    const known = new Map(board.ofCloud(projectId, providerName).map((peering) => [peering.id, peering]))
    const seen = answers.flatMap(
      (raw) => this.#observe(raw, known.get(String(raw["id"])) ?? null, this.everAnswered) ?? [],
    )
    const listed = new Set(seen.map(({ id }) => id))
    const gone: Peering[] = []
    for (const peering of known.values()) {
      const graceOver = clock.now() >= (this.#justCreated.get(peering.id) ?? 0)
      if (listed.has(peering.id)) this.#justCreated.delete(peering.id)
      else if (graceOver) {
        board.removePeering(peering, toInstant(clock.now()))
        gone.push(peering)
      }
    }
    await memory.keep(
      seen.filter((peering) => known.get(peering.id) !== peering),
      gone,
    )
  }

  #observe(raw: RawAnswer, known: Peering | null, beginSeen: boolean): Peering | null {
    const { board, clock, logger, projectId, providerName } = this.#options
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) {
      logger.warn({ projectId, providerName, raw }, "Atlas listed a connection without an id")
      return null
    }
    const observed = observePeering(known, { projectId, peer, raw, at: toInstant(clock.now()), beginSeen })
    if (observed !== known) board.putPeering(observed)
    return observed
  }
}
