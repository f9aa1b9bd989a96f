import { readAtlasPeer, type AtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { Annotations, CreatorNote } from "./annotations.ts"
import type { LiveState } from "./live-state.ts"
import { observePeering } from "./observe-peering.ts"
import { computeBackoffMs } from "./poll-interval.ts"
import type { PollLog } from "./poll-log.ts"
import type { Cloud } from "./poll-sessions.ts"
import type { RecallPeerings } from "./recall-peerings.ts"

export interface CloudPollerDeps {
  atlas: AtlasClient
  live: LiveState
  annotations: Annotations
  pollLog: PollLog
  recall: RecallPeerings
  /** Called with a peering at its new status, and without one when a peering is gone: Atlas may then change its side of the container. */
  containersChanged: (projectId: string, by?: AtlasPeer) => void
  clock: Clock
  logger: Logger
}

interface CloudPollerOptions extends CloudPollerDeps {
  cloud: Cloud
  /** Returns how long to wait before the next poll, in milliseconds; null to stop polling. */
  chooseInterval: () => number | null
}

/** Atlas may list a new peering late. Until then a list without it proves nothing. */
const listedAfterMs = 60_000

/** Polls the peerings of one project in one cloud: on request, and in a loop while there is a reason to. The only cache of them. */
export class CloudPoller {
  readonly #options: CloudPollerOptions
  #isFollowed = false
  #polling: Promise<void> | null = null
  #cancelNext = () => {}
  /** When the last poll ended, and the last one that Atlas answered, on the clock's `elapsed`. */
  #triedAt = Number.NEGATIVE_INFINITY
  #polledAt = Number.NEGATIVE_INFINITY
  #notPlannedBefore = Number.NEGATIVE_INFINITY
  #failuresInARow = 0
  #failure: AppError | null = null
  /** Created here and perhaps not listed yet: id → when a list without it counts. */
  readonly #justCreated = new Map<string, number>()

  constructor(options: CloudPollerOptions) {
    this.#options = options
  }

  /** Why the last poll failed; null when it did not. */
  get failure(): AppError | null {
    return this.#failure
  }

  /** True once Atlas has answered: a peering that was not listed then is known to be newer. */
  get everAnswered(): boolean {
    return this.#polledAt > Number.NEGATIVE_INFINITY
  }

  /** True once the cloud was asked for by itself: its peerings are stored, and polled in a loop for as long as the interval says. */
  get isFollowed(): boolean {
    return this.#isFollowed
  }

  /** Returns whether the last poll is younger than this. A failed poll counts too. */
  isFresh(maxAgeMs: number): boolean {
    return this.#polling === null && this.#options.clock.elapsed() - this.#triedAt < maxAgeMs
  }

  /** Polls unless the last poll is younger, and follows the cloud from then on. Never throws: see `failure`. */
  async poll(maxAgeMs: number): Promise<void> {
    await this.#follow()
    await this.pollOnce(maxAgeMs)
  }

  /** Polls unless the last poll is younger, and starts no loop. What it observes is logged like any poll. Never throws. */
  async pollOnce(maxAgeMs: number): Promise<void> {
    if (this.isFresh(maxAgeMs)) return this.plan()
    this.#polling ??= this.#pollNow().finally(() => {
      this.#polling = null
    })
    await this.#polling
  }

  /** Plans the next poll by the present interval. */
  plan(): void {
    this.#cancelNext()
    const { chooseInterval, clock } = this.#options
    const intervalMs = chooseInterval()
    if (intervalMs === null) return
    const due = Math.max(this.#polledAt + intervalMs, this.#notPlannedBefore)
    this.#cancelNext = clock.after(Math.max(due - clock.elapsed(), 0), () => void this.poll(0))
  }

  stop(): void {
    this.#cancelNext()
  }

  /**
   * Registers a peering we just created, before Atlas lists it. `PollLog.writeWith` stores it, or else the next poll.
   * @param creator key and name of the user, and why
   */
  adopt(raw: RawAnswer, creator: CreatorNote & { key: string }): Peering | null {
    const { annotations, cloud, clock, pollLog } = this.#options
    const peer = readAtlasPeer(raw, cloud.providerName)
    if (peer === null) return null
    const at = clock.now()
    this.#justCreated.set(peer.id, clock.elapsed() + listedAfterMs)
    annotations.noteCreated(cloud.projectId, peer.id, creator)
    const known = this.#listKnown().find(({ id }) => id === peer.id) ?? null
    const peering = this.#observe(raw, known, { at, beginSeen: true })
    this.plan()
    if (peering !== null) pollLog.keepCreated(peering, known === null ? at : null, creator.key)
    return peering
  }

  /** Registers a peering as Atlas answered to a change of it. */
  async noteChanged(raw: RawAnswer): Promise<Peering | null> {
    const { cloud, clock, live, pollLog } = this.#options
    const at = clock.now()
    const known = live.find(cloud.projectId, String(raw["id"]))
    const peering = this.#observe(raw, known, { at, beginSeen: true })
    this.plan()
    if (peering !== null) await pollLog.noteAnswer(peering, at)
    return peering
  }

  /** Believes the next list without a peering that Atlas was asked to delete, even if it is new. */
  expectGone(id: string): void {
    this.#justCreated.delete(id)
  }

  /** Notes the creator of a peering that a list showed before Atlas's answer to the create was known. */
  async noteCreator(peering: Peering, createdBy: string): Promise<void> {
    const { annotations, pollLog } = this.#options
    await pollLog.noteCreator(peering, createdBy)
    await annotations.publish(peering)
  }

  /** Stores what earlier polls saw of a cloud that was not followed, and starts its loop. */
  async #follow(): Promise<void> {
    if (this.#isFollowed) return
    this.#isFollowed = true
    if (!this.everAnswered) return
    this.plan()
    const { annotations, cloud, clock, pollLog } = this.#options
    const known = this.#listKnown()
    // Polls so far were too rare to see a creator that another process wrote late.
    annotations.askAgain(
      cloud.projectId,
      known.map(({ id }) => id),
    )
    await pollLog.noteFollowed(known, clock.now() - (clock.elapsed() - this.#polledAt))
  }

  #listKnown(): readonly Peering[] {
    const { cloud, live } = this.#options
    return live.ofCloud(cloud.projectId, cloud.providerName)
  }

  async #pollNow(): Promise<void> {
    const { atlas, cloud, clock, live, logger, pollLog, recall } = this.#options
    const { projectId, providerName } = cloud
    this.#cancelNext()
    try {
      await recall(projectId)
      // Stored peerings mean that an earlier process followed the cloud.
      if (!this.everAnswered && this.#listKnown().length > 0) this.#isFollowed = true
      await this.#takeIn(await atlas.listPeers(projectId, providerName))
      this.#failuresInARow = 0
      this.#failure = null
      this.#polledAt = clock.elapsed()
      live.putWatch({ ...cloud, checkedAt: toInstant(clock.now()), problem: null, retryAt: null })
    } catch (thrown) {
      if (!(thrown instanceof AppError))
        logger.error({ err: thrown, projectId, providerName }, "a poll failed in our own code")
      this.#failure = toAppError(thrown, "internal_error")
      this.#failuresInARow += 1
      pollLog.noteFailure(cloud, this.#failure.code)
      const { atlas: refusal, retryAfterSeconds } = this.#failure.shown
      const pauseMs = computeBackoffMs(this.#failuresInARow, retryAfterSeconds)
      this.#notPlannedBefore = clock.elapsed() + pauseMs
      live.putWatch({
        ...cloud,
        checkedAt: live.watchOf(projectId, providerName)?.checkedAt ?? null,
        problem: this.#failure.code,
        ...(refusal !== undefined && { atlas: refusal }),
        retryAt: toInstant(clock.now() + pauseMs),
      })
    }
    this.#triedAt = clock.elapsed()
    this.plan()
  }

  async #takeIn(answers: readonly RawAnswer[]): Promise<void> {
    const { annotations, cloud, clock, containersChanged, live, pollLog } = this.#options
    const { projectId } = cloud
    await annotations.refresh(
      projectId,
      answers.map((raw) => String(raw["id"])),
    )
    const at = clock.now()
    const known = new Map(this.#listKnown().map((peering) => [peering.id, peering]))
    const seen = answers.flatMap((raw) => {
      const before = known.get(String(raw["id"])) ?? null
      return this.#observe(raw, before, { at, beginSeen: this.everAnswered }) ?? []
    })
    const listed = new Set(seen.map(({ id }) => id))
    for (const id of listed) this.#justCreated.delete(id)
    const gone = [...known.values()].filter(
      ({ id }) => !listed.has(id) && clock.elapsed() >= (this.#justCreated.get(id) ?? 0),
    )
    for (const peering of gone) {
      containersChanged(projectId)
      live.removePeering(peering, toInstant(at))
    }
    // A previous process may have crashed before persisting this.
    const changed = this.everAnswered ? seen.filter((peering) => known.get(peering.id) !== peering) : seen
    await pollLog.notePoll(cloud, { at, changed, gone, isFollowed: this.#isFollowed })
  }

  #observe(
    raw: RawAnswer,
    known: Peering | null,
    { at, beginSeen }: { at: number; beginSeen: boolean },
  ): Peering | null {
    const { annotations, cloud, containersChanged, live, logger } = this.#options
    const { projectId, providerName } = cloud
    const peer = readAtlasPeer(raw, providerName)
    if (peer === null) {
      logger.warn({ projectId, providerName, raw }, "Atlas listed a connection without an id")
      return null
    }
    const annotation = annotations.of(projectId, peer.id)
    const observed = observePeering(known, { projectId, peer, raw, at: toInstant(at), beginSeen, annotation })
    // What the first poll finds had its status before.
    const isNews = (known !== null || this.everAnswered) && observed.history !== known?.history
    // Expires the cached containers before a reader learns of the status and asks for them.
    if (isNews) containersChanged(projectId, peer)
    if (observed !== known) live.putPeering(observed)
    return observed
  }
}
