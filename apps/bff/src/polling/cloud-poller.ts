import { readAtlasPeer, type Peering, type ProviderName, type RawAnswer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { PollLog } from "./poll-log.ts"
import { observePeering } from "./observe-peering.ts"
import type { LiveState } from "./live-state.ts"
import type { PollMemory } from "./poll-memory.ts"
import type { Annotations } from "./annotations.ts"
import { computeBackoffMs } from "./poll-interval.ts"

export interface CloudPollerOptions {
  projectId: string
  providerName: ProviderName
  atlas: AtlasClient
  live: LiveState
  memory: PollMemory
  records: Annotations
  log: PollLog
  /** Told of each new status, and of what is gone: only with it Atlas makes its side, or takes it away. */
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
  /** How long to wait before the next look, in milliseconds; null to stop looking. */
  pace: () => number | null
}

/** The one poll loop over the connections of one project in one cloud. */
export class CloudPoller {
  readonly #options: CloudPollerOptions
  #polling: Promise<void> | null = null
  #cancelNext = () => {}
  /** When the last look ended, and when the last one that Atlas answered did. */
  #triedAt = Number.NEGATIVE_INFINITY
  #polledAt = Number.NEGATIVE_INFINITY
  #notPlannedBefore = Number.NEGATIVE_INFINITY
  #failuresInARow = 0
  #failure: AppError | null = null
  /** Created here but perhaps not yet in Atlas's list: id → until when a list without it proves nothing. */
  readonly #justCreated = new Map<string, number>()

  constructor(options: CloudPollerOptions) {
    this.#options = options
  }

  /** Why the last look failed; null when it did not. */
  get failure(): AppError | null {
    return this.#failure
  }

  /** Whether Atlas ever answered, so that what it did not list then is known not to have been there. */
  get everAnswered(): boolean {
    return this.#polledAt > Number.NEGATIVE_INFINITY
  }

  /** Looks now, unless the last look is younger than that. Never throws: see `failure`. */
  async poll(maxAgeMs: number): Promise<void> {
    if (this.#polling === null && this.#options.clock.now() - this.#triedAt < maxAgeMs) return
    this.#polling ??= this.#pollOnce().finally(() => {
      this.#polling = null
    })
    await this.#polling
  }

  /** Plans the next look by the present pace. */
  plan(): void {
    this.#cancelNext()
    const paceMs = this.#options.pace()
    if (paceMs === null) return
    const now = this.#options.clock.now()
    const due = Math.max(this.#polledAt + paceMs, this.#notPlannedBefore)
    this.#cancelNext = this.#options.clock.after(Math.max(due - now, 0), () => void this.poll(0))
  }

  stop(): void {
    this.#cancelNext()
  }

  /**
   * Takes in a connection that we just created, before any list shows it.
   * @param creator key and name of the user who asked for it
   */
  async adopt(raw: RawAnswer, creator: { key: string; name: string }): Promise<Peering | null> {
    const { live, clock, log, memory, projectId, providerName, records } = this.#options
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) return null
    this.#justCreated.set(peer.id, clock.now() + 60_000)
    records.noteCreated(projectId, peer.id, creator.name)
    const known = live.ofCloud(projectId, providerName).find(({ id }) => id === peer.id) ?? null
    const peering = this.#observe(raw, known, true)
    this.plan()
    if (peering === null) return null
    await memory.keepCreated(peering, creator.key)
    if (known === null) await log.noteAnswer(peering)
    return peering
  }

  /** Takes in a connection as Atlas answered to a change of it. */
  async noteChanged(raw: RawAnswer): Promise<Peering | null> {
    const { live, log, memory, projectId } = this.#options
    const peering = this.#observe(raw, live.find(projectId, String(raw["id"])), true)
    this.plan()
    if (peering === null) return null
    await memory.keep([peering], [], null)
    await log.noteAnswer(peering)
    return peering
  }

  /** Atlas was asked to take it away, so a list without it is believed at once, however young it is. */
  expectGone(id: string): void {
    this.#justCreated.delete(id)
  }

  /** We had it made, though a list showed it first. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    const { memory, projectId } = this.#options
    await memory.keepCreated(peering, createdBy)
    await memory.retell(projectId, peering.id)
  }

  async #pollOnce(): Promise<void> {
    const { atlas, live, clock, log, logger, memory, projectId, providerName } = this.#options
    this.#cancelNext()
    try {
      await memory.recall(projectId)
      const answers = await atlas.listPeers(projectId, providerName)
      await this.#takeIn(answers)
      this.#failuresInARow = 0
      this.#failure = null
      this.#polledAt = clock.now()
      live.putWatch({
        projectId,
        providerName,
        checkedAt: toInstant(clock.now()),
        problem: null,
        retryAt: null,
      })
    } catch (thrown) {
      if (!(thrown instanceof AppError))
        logger.error({ err: thrown, projectId, providerName }, "a look at Atlas failed in our own code")
      this.#failure = toAppError(thrown, "internal_error")
      this.#failuresInARow += 1
      log.noteFailure({ projectId, providerName }, this.#failure.code)
      this.#notPlannedBefore =
        clock.now() + computeBackoffMs(this.#failuresInARow, this.#failure.shown.retryAfterSeconds)
      const checkedAt = live.watchOf(projectId, providerName)?.checkedAt ?? null
      const { atlas } = this.#failure.shown
      live.putWatch({
        projectId,
        providerName,
        checkedAt,
        problem: this.#failure.code,
        ...(atlas !== undefined && { atlas }),
        retryAt: toInstant(this.#notPlannedBefore),
      })
    }
    this.#triedAt = clock.now()
    this.plan()
  }

  async #takeIn(answers: readonly RawAnswer[]): Promise<void> {
    const { live, clock, containersChanged, log, memory, projectId, providerName, records } = this.#options
    const cloud = { projectId, providerName }
    const lastListedAt = await log.lastLook(cloud)
    await records.refresh(
      projectId,
      answers.map((raw) => String(raw["id"])),
    )
    const known = new Map(live.ofCloud(projectId, providerName).map((peering) => [peering.id, peering]))
    const seen = answers.flatMap(
      (raw) => this.#observe(raw, known.get(String(raw["id"])) ?? null, this.everAnswered) ?? [],
    )
    const listed = new Set(seen.map(({ id }) => id))
    const gone: Peering[] = []
    for (const peering of known.values()) {
      const graceOver = clock.now() >= (this.#justCreated.get(peering.id) ?? 0)
      if (listed.has(peering.id)) this.#justCreated.delete(peering.id)
      else if (graceOver) {
        containersChanged(projectId)
        live.removePeering(peering, toInstant(clock.now()))
        gone.push(peering)
      }
    }
    const changed = seen.filter((peering) => known.get(peering.id) !== peering)
    await memory.keep(changed, gone, lastListedAt)
    // What an earlier life of the server saw may not have been written down.
    await log.noteLook(cloud, { changed: this.everAnswered ? changed : seen, gone })
  }

  #observe(raw: RawAnswer, known: Peering | null, beginSeen: boolean): Peering | null {
    const { live, clock, containersChanged, logger, projectId, providerName, records } = this.#options
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) {
      logger.warn({ projectId, providerName, raw }, "Atlas listed a connection without an id")
      return null
    }
    const record = records.of(projectId, peer.id)
    const at = toInstant(clock.now())
    const observed = observePeering(known, { projectId, peer, raw, at, beginSeen, record })
    // What the first look finds had its status before.
    const isNews = (known !== null || this.everAnswered) && observed.history !== known?.history
    // Before anybody hears of it and asks.
    if (isNews) containersChanged(projectId)
    if (observed !== known) live.putPeering(observed)
    return observed
  }
}
