import type { Peering, RawAnswer, Watch } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError, toAppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { PolledCloud } from "#processes/polled-clouds.ts"
import type { CreatorNote } from "./annotations.ts"
import { CloudPeerings, type CloudPeeringsDeps } from "./cloud-peerings.ts"
import { computeBackoffMs } from "./poll-interval.ts"
import type { Cloud } from "./poll-sessions.ts"
import type { RecallPeerings } from "./recall-peerings.ts"

export interface CloudPollerDeps extends CloudPeeringsDeps {
  atlas: AtlasClient
  recall: RecallPeerings
}

interface CloudPollerOptions extends CloudPollerDeps {
  cloud: Cloud
  /** Returns how long to wait before the next poll, in milliseconds; null to stop polling. */
  chooseInterval: () => number | null
}

/** A list is requested again this often because another process wrote meanwhile. */
const mostOutdated = 3

/** Polls the peerings of one project in one cloud: on request, and in a loop while there is a reason to. The only cache of them. */
export class CloudPoller {
  readonly #options: CloudPollerOptions
  readonly #peerings: CloudPeerings
  #isFollowed = false
  #polling: Promise<void> | null = null
  #cancelNext = () => {}
  /** When the last poll ended, and the last one that Atlas answered, on the clock's `elapsed`. */
  #triedAt = Number.NEGATIVE_INFINITY
  #polledAt = Number.NEGATIVE_INFINITY
  #notPlannedBefore = Number.NEGATIVE_INFINITY
  /** When the next poll should begin; null while none is planned. */
  #due: number | null = null
  #failuresInARow = 0
  #failure: AppError | null = null

  constructor(options: CloudPollerOptions) {
    this.#options = options
    this.#peerings = new CloudPeerings(options.cloud, options)
  }

  get cloud(): Cloud {
    return this.#options.cloud
  }

  /** Why the last poll failed; null when it did not. */
  get failure(): AppError | null {
    return this.#failure
  }

  /** True once Atlas has answered: a peering that was not listed then is known to be newer. */
  get everAnswered(): boolean {
    return this.#polledAt > Number.NEGATIVE_INFINITY
  }

  /** True once the cloud was asked for by itself: its peerings are stored, and polled in a loop as the interval says. */
  get isFollowed(): boolean {
    return this.#isFollowed
  }

  /** For how long the next poll should have begun, in milliseconds. */
  get lagMs(): number {
    return this.#due === null ? 0 : Math.max(this.#options.clock.elapsed() - this.#due, 0)
  }

  /** Returns whether the last poll is younger than this. A failed poll counts too. */
  isFresh(maxAgeMs: number): boolean {
    return this.#polling === null && this.#options.clock.elapsed() - this.#triedAt < maxAgeMs
  }

  /** Polls unless the last poll is younger, and follows the cloud from then on. Never throws: see `failure`. */
  async poll(maxAgeMs: number): Promise<void> {
    await this.#catchUp(maxAgeMs)
    await this.pollCaughtUp(maxAgeMs)
  }

  /** Polls like `poll` after the news of other processes were taken in. */
  async pollCaughtUp(maxAgeMs: number): Promise<void> {
    await this.#follow()
    await this.#pollUnlessFresh(maxAgeMs)
  }

  /** Polls unless the last poll is younger, and starts no loop. What it observes is logged like any poll. Never throws. */
  async pollOnce(maxAgeMs: number): Promise<void> {
    await this.#catchUp(maxAgeMs)
    await this.#pollUnlessFresh(maxAgeMs)
  }

  /**
   * Plans the next poll by the present interval and at this time at the earliest, where this process is the one that polls.
   * @param isDue whether it has to come then, however young the last one is
   */
  plan(atLeastMs = 0, isDue = false): void {
    this.#cancelNext()
    this.#due = null
    const { chooseInterval, clock, sharing } = this.#options
    const intervalMs = chooseInterval()
    if (intervalMs === null || sharing?.leads === false) return
    const due = Math.max(isDue ? clock.elapsed() : this.#polledAt + intervalMs, this.#notPlannedBefore)
    this.#due = Math.max(due, clock.elapsed() + atLeastMs)
    this.#cancelNext = clock.after(Math.max(due - clock.elapsed(), atLeastMs), () => {
      // A process that was stopped for a while may wake up after another one took over.
      if (sharing?.leads !== false) void this.poll(0)
    })
  }

  stop(): void {
    this.#cancelNext()
  }

  /** This and the next two do what `CloudPeerings` says of them, and plan the next poll by it. */
  adopt(raw: RawAnswer, creator: CreatorNote & { key: string }): Peering | null {
    const adopted = this.#peerings.adopt(raw, creator)
    this.plan()
    return adopted
  }

  async noteChanged(raw: RawAnswer): Promise<Peering | null> {
    const noting = this.#peerings.noteChanged(raw)
    this.plan()
    return await noting
  }

  noteCreator(peering: Peering, createdBy: string): Promise<void> {
    return this.#peerings.noteCreator(peering, createdBy)
  }

  /** Follows a cloud whose peerings are stored already. */
  resume(): void {
    this.#isFollowed = true
    this.plan()
  }

  /** Takes in how another process polled the cloud. */
  noteShared({ checkedElsewhereAgoMs: agoMs, watch }: PolledCloud): void {
    const { cloud, clock, live, pollLog } = this.#options
    if (agoMs === null) return
    const polledAt = clock.elapsed() - agoMs
    if (polledAt <= this.#polledAt) return
    this.#polledAt = polledAt
    pollLog.noteElsewhere(cloud, clock.now() - agoMs)
    if (polledAt <= this.#triedAt) return
    this.#triedAt = polledAt
    this.#failure = null
    this.#failuresInARow = 0
    if (watch !== null) live.putWatch(JSON.parse(watch) as Watch)
  }

  /** Takes in the peerings as they are stored, and plans the next poll by them. */
  async mirror(read: () => Promise<readonly Peering[]>): Promise<void> {
    await this.#peerings.mirror(async () => {
      const stored = await read()
      this.#isFollowed ||= stored.length > 0
      return stored
    })
    this.plan()
  }

  /** Another process may have polled, or created a peering, a moment ago. Before a new list that does not matter. */
  async #catchUp(maxAgeMs: number): Promise<void> {
    const { cloud, sharing } = this.#options
    if (maxAgeMs > 0) await sharing?.catchUpProject(cloud.projectId)
  }

  async #pollUnlessFresh(maxAgeMs: number): Promise<void> {
    if (this.isFresh(maxAgeMs)) return this.plan()
    this.#polling ??= this.#pollNow().finally(() => {
      this.#polling = null
    })
    await this.#polling
  }

  /** Stores what earlier polls saw of a cloud that was not followed, and starts its loop. */
  async #follow(): Promise<void> {
    if (this.#isFollowed) return
    this.#isFollowed = true
    if (!this.everAnswered) return
    this.plan()
    const { clock } = this.#options
    await this.#peerings.noteFollowed(clock.now() - (clock.elapsed() - this.#polledAt))
  }

  async #pollNow(): Promise<void> {
    const { cloud, clock, live, sharing } = this.#options
    this.#cancelNext()
    try {
      await this.#pollUntilCurrent()
      this.#failuresInARow = 0
      this.#failure = null
      this.#polledAt = clock.elapsed()
      live.putWatch({ ...cloud, checkedAt: toInstant(clock.now()), problem: null, retryAt: null })
    } catch (thrown) {
      this.#noteFailure(thrown)
    }
    this.#triedAt = clock.elapsed()
    this.plan()
    const watch = live.watchOf(cloud.projectId, cloud.providerName)
    const checkedAgoMs = this.#failure === null ? clock.elapsed() - this.#polledAt : null
    // Others could not know the peerings of a cloud that is not followed: they are not stored.
    if (watch !== null && this.#isFollowed)
      sharing?.checked.note(cloud, { watch: JSON.stringify(watch), checkedAgoMs })
  }

  async #pollUntilCurrent(): Promise<void> {
    const { atlas, cloud, recall, sharing, turns } = this.#options
    const { projectId, providerName } = cloud
    await recall(projectId)
    // Stored peerings mean that an earlier process followed the cloud.
    if (!this.everAnswered && this.#peerings.listKnown().length > 0) this.#isFollowed = true
    for (let outdated = 0; outdated < mostOutdated; outdated += 1) {
      const turn = turns.of(cloud)
      const answers = await atlas.listPeers(projectId, providerName)
      const { everAnswered } = this
      if (await this.#peerings.takeIn(answers, { everAnswered, isFollowed: this.#isFollowed, turn })) return
      await sharing?.catchUpProject(projectId)
    }
  }

  #noteFailure(thrown: unknown): void {
    const { cloud, clock, live, logger, pollLog } = this.#options
    if (!(thrown instanceof AppError))
      logger.error({ err: thrown, ...cloud }, "a poll failed in our own code")
    this.#failure = toAppError(thrown, "internal_error")
    this.#failuresInARow += 1
    pollLog.noteFailure(cloud, this.#failure.code)
    const { atlas: refusal, retryAfterSeconds } = this.#failure.shown
    const pauseMs = computeBackoffMs(this.#failuresInARow, retryAfterSeconds)
    this.#notPlannedBefore = clock.elapsed() + pauseMs
    live.putWatch({
      ...cloud,
      checkedAt: live.watchOf(cloud.projectId, cloud.providerName)?.checkedAt ?? null,
      problem: this.#failure.code,
      ...(refusal !== undefined && { atlas: refusal }),
      retryAt: toInstant(clock.now() + pauseMs),
    })
  }
}
