import type { Peering, RawAnswer, Watch } from "@peering-desk/shared-schemas"
import { AppError, toAppError } from "#base/app-error.ts"
import { toInstant } from "#base/clock.ts"
import type { PolledCloud, PolledClouds } from "#processes/polled-clouds.ts"
import { CloudAnswers, type CloudAnswersDeps } from "./cloud-answers.ts"
import type { CloudSharing } from "./cloud-sharing.ts"
import { computeBackoffMs } from "./poll-interval.ts"
import type { Cloud } from "#processes/polled-clouds.ts"

export interface CloudPollerDeps extends CloudAnswersDeps {
  clouds: Pick<PolledClouds, "follow">
  /** Null when this process has the database to itself. */
  sharing: CloudSharing | null
}

interface CloudPollerOptions extends CloudPollerDeps {
  cloud: Cloud
  /** Called when Atlas answered a poll, with whether it differed from the poll before. */
  onAnswered: (hasChanged: boolean) => void
  /** Returns how long to wait before the next poll, in milliseconds; null to stop polling. */
  chooseInterval: () => number | null
}

/** Polls the peerings of one project in one cloud: on request, and in a loop while there is a reason to. */
export class CloudPoller {
  readonly #options: CloudPollerOptions
  readonly #answers: CloudAnswers
  #isFollowed = false
  #isNoted = false
  #polling: Promise<void> | null = null
  #cancelNext = () => {}
  /** When the last poll began and ended, and the last one that Atlas answered ended, on the clock's `elapsed`. */
  #beganAt = Number.NEGATIVE_INFINITY
  #triedAt = Number.NEGATIVE_INFINITY
  #polledAt = Number.NEGATIVE_INFINITY
  #notPlannedBefore = Number.NEGATIVE_INFINITY
  /** When the next poll should begin; null while none is planned. */
  #due: number | null = null
  #failuresInARow = 0
  #failure: AppError | null = null

  constructor(options: CloudPollerOptions) {
    this.#options = options
    this.#answers = new CloudAnswers(options.cloud, options)
  }

  get cloud(): Cloud {
    return this.#options.cloud
  }

  /** Why the last poll failed; null when it did not. */
  get failure(): AppError | null {
    return this.#failure
  }

  /** True once Atlas has answered: a peering that was not listed then is known to be newer. */
  get hasPolled(): boolean {
    return this.#polledAt > Number.NEGATIVE_INFINITY
  }

  /** True once the cloud was asked for by itself: it is polled in a loop as the interval says, also after a restart. */
  get isFollowed(): boolean {
    return this.#isFollowed
  }

  /** True when other processes and the next start have to know how the cloud was polled. Other processes load only clouds that are followed. */
  get #isShared(): boolean {
    return this.#isFollowed || this.#options.sharing === null
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
    await this.catchUp(maxAgeMs)
    await this.pollCaughtUp(maxAgeMs)
  }

  /** Polls with a list that began at most this long ago: an older one, also one under way, may have left before a change. Never throws. */
  async pollAnew(maxAgeMs = 0): Promise<void> {
    await this.#polling
    await this.catchUp(maxAgeMs)
    const isNew = this.#options.clock.elapsed() - this.#beganAt < maxAgeMs
    await this.pollCaughtUp(isNew ? Number.POSITIVE_INFINITY : 0)
  }

  /** Polls like `poll` after the news of other processes were taken in. */
  async pollCaughtUp(maxAgeMs: number): Promise<void> {
    this.#follow()
    await this.#pollUnlessFresh(maxAgeMs)
  }

  /** Polls unless the last poll is younger, and starts no loop. What it observes is logged like any poll. Never throws. */
  async pollOnce(maxAgeMs: number): Promise<void> {
    await this.catchUp(maxAgeMs)
    await this.#pollUnlessFresh(maxAgeMs)
  }

  /**
   * Plans the next poll by the present interval and at this time at the earliest, where this process is the one that polls.
   * @param isDue whether it has to come then, however young the last one is
   */
  plan(atLeastMs = 0, isDue = false): void {
    this.#cancelNext()
    this.#due = null
    const { chooseInterval, clock, cloud, pollLog, sharing } = this.#options
    const intervalMs = chooseInterval()
    if (intervalMs !== null) pollLog.plan(cloud, intervalMs)
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

  /**
   * Stores Atlas's answer to a change of a peering, and plans the next poll by it.
   * @param since the version of the live state when the change left
   */
  async noteChanged(raw: RawAnswer, since: number): Promise<Peering | null> {
    const changed = await this.#answers.takeChanged(raw, since)
    this.plan()
    return changed
  }

  /** Follows a cloud that was followed before, at the pace that it has, from the next poll or plan on. */
  resume(): void {
    const { chooseInterval, cloud, pollLog } = this.#options
    this.#isFollowed = true
    this.#isNoted = true
    pollLog.plan(cloud, chooseInterval() ?? 0)
  }

  /** Takes in how another process polled the cloud. */
  applyRemotePoll({ checkedElsewhereAgoMs: agoMs, isFollowed, watch }: PolledCloud): void {
    const { cloud, clock, pollLog, view } = this.#options
    if (isFollowed && !this.#isNoted) {
      this.resume()
      this.plan()
    }
    if (agoMs === null) return
    const polledAt = clock.elapsed() - agoMs
    if (polledAt <= this.#polledAt) return
    this.#polledAt = polledAt
    pollLog.recordRemotePoll(cloud, clock.now() - agoMs)
    if (polledAt <= this.#triedAt) return
    this.#triedAt = polledAt
    this.#beganAt = polledAt
    this.#failure = null
    this.#failuresInARow = 0
    if (watch !== null) view.live.putWatch(JSON.parse(watch) as Watch)
  }

  /** Another process may have polled, or created a peering, a moment ago. Before a new list that does not matter. */
  async catchUp(maxAgeMs = Number.POSITIVE_INFINITY): Promise<void> {
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

  /** Starts the loop of the cloud, here and after a restart. */
  #follow(): void {
    const { cloud, clouds, logger } = this.#options
    const begins = !this.#isFollowed
    this.#isFollowed = true
    if (begins && this.hasPolled) this.plan()
    if (this.#isNoted) return
    this.#isNoted = true
    // A page need not wait for a locked database.
    clouds.follow(cloud).catch((error: unknown) => {
      this.#isNoted = false
      logger.error({ err: error, ...cloud }, "Could not record that a cloud is polled")
    })
  }

  async #pollNow(): Promise<void> {
    const { cloud, clock, pollLog, view } = this.#options
    this.#cancelNext()
    this.#beganAt = clock.elapsed()
    try {
      await view.load(cloud.projectId)
      const { hasPolled } = this
      const hasChanged = await this.#answers.readList({ beginSeen: hasPolled })
      this.#failuresInARow = 0
      this.#failure = null
      this.#polledAt = clock.elapsed()
      const watch = { ...cloud, checkedAt: toInstant(clock.now()), problem: null, retryAt: null }
      await pollLog.note(cloud, watch, { isWritten: this.#isShared, hasChanged })
      view.live.putWatch(watch)
      this.#options.onAnswered(hasChanged && hasPolled)
    } catch (thrown) {
      this.#noteFailure(thrown)
    }
    this.#triedAt = clock.elapsed()
    this.plan()
  }

  #noteFailure(thrown: unknown): void {
    const { cloud, clock, logger, pollLog, view } = this.#options
    const { live } = view
    if (!(thrown instanceof AppError))
      logger.error({ err: thrown, ...cloud }, "A poll failed with an error of this server")
    this.#failure = toAppError(thrown, "internal_error")
    this.#failuresInARow += 1
    const { atlas: refusal, retryAfterSeconds } = this.#failure.shown
    const pauseMs = computeBackoffMs(this.#failuresInARow, retryAfterSeconds)
    this.#notPlannedBefore = clock.elapsed() + pauseMs
    const watch = {
      ...cloud,
      checkedAt: live.watchOf(cloud.projectId, cloud.providerName)?.checkedAt ?? null,
      problem: this.#failure.code,
      ...(refusal !== undefined && { atlas: refusal }),
      retryAt: toInstant(clock.now() + pauseMs),
    }
    live.putWatch(watch)
    void pollLog.note(cloud, watch, { isWritten: this.#isShared, hasChanged: false })
  }
}
