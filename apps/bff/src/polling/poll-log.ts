import type { Watch } from "@peering-desk/shared-schemas"
import { toInstant, waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toCloudKey, type CheckedCloud, type Cloud, type PolledClouds } from "#processes/polled-clouds.ts"
import { patienceMs } from "#store/store.ts"

interface PollLogDeps {
  clouds: Pick<PolledClouds, "readLastPoll" | "noteChecked">
  clock: Clock
  logger: Logger
}

/** The last poll of a cloud, and failures since. */
export interface Polled {
  /** When Atlas last answered, milliseconds since 1970; null when that is unknown. */
  lastPoll: number | null
  /** Why polls have failed since then; null when they have not. */
  problem: string | null
}

/** Polls farther apart than this have a gap between them, unless a longer interval was planned: clouds at rest wait longer. */
export const longestIntervalMs = 90_000
/** A poll may come late by half of its interval. */
export const lateness = 1.5
/** Outcomes of polls that found nothing are written this often. A crash loses as much of them. */
const writeEveryMs = 15_000

/** Knows how each cloud was last polled, and writes it for other processes and for the next start. */
export class PollLog {
  readonly #deps: PollLogDeps
  readonly #clouds = new Map<string, Polled>()
  /** Outcomes that are not written yet. */
  readonly #checked = new Map<string, Omit<CheckedCloud, "checkedAgoMs"> & { elapsed: number | null }>()
  /** The longest interval that was planned since the last poll, in milliseconds, by cloud. */
  readonly #planned = new Map<string, number>()
  #writtenAt = Number.NEGATIVE_INFINITY

  constructor(deps: PollLogDeps) {
    this.#deps = deps
  }

  /** Takes how long after the last poll of a cloud the next one is planned, in milliseconds. */
  plan(cloud: Cloud, intervalMs: number): void {
    const key = toCloudKey(cloud)
    this.#planned.set(key, Math.max(this.#planned.get(key) ?? 0, intervalMs))
  }

  /** Returns whether a time without a poll, in milliseconds, is longer than was planned. */
  isGap(cloud: Cloud, ms: number): boolean {
    return ms > Math.max(longestIntervalMs, lateness * (this.#planned.get(toCloudKey(cloud)) ?? 0))
  }

  /** Reads how a cloud was polled, by an earlier process the first time. */
  async read(cloud: Cloud): Promise<Readonly<Polled>> {
    const known = this.#clouds.get(toCloudKey(cloud))
    if (known !== undefined) return known
    const { clouds, logger } = this.#deps
    const last = await clouds.readLastPoll(cloud).catch((error: unknown) => {
      logger.error({ err: error, ...cloud }, "Could not read when a cloud was last polled")
      return null
    })
    const polled = this.#clouds.get(toCloudKey(cloud)) ?? last ?? { lastPoll: null, problem: null }
    this.#clouds.set(toCloudKey(cloud), polled)
    return polled
  }

  /**
   * Takes the outcome of a poll whose findings are stored. A locked database does not delay it. Never throws.
   * @param isWritten whether other processes and the next start learn of it
   * @param hasChanged whether the poll found something
   */
  async note(
    cloud: Cloud,
    watch: Watch,
    { isWritten, hasChanged }: { isWritten: boolean; hasChanged: boolean },
  ): Promise<void> {
    const { clock } = this.#deps
    const before = await this.read(cloud)
    const { checkedAt, problem } = watch
    const isAnswered = problem === null && checkedAt !== null
    const lastPoll = isAnswered ? Date.parse(checkedAt) : before.lastPoll
    this.#clouds.set(toCloudKey(cloud), { lastPoll, problem })
    const isAfterGap = isAnswered && this.isGap(cloud, Date.parse(checkedAt) - (before.lastPoll ?? 0))
    if (isAnswered) this.#planned.delete(toCloudKey(cloud))
    if (!isWritten) return
    this.#checked.set(toCloudKey(cloud), {
      ...cloud,
      watch: JSON.stringify({ ...watch, checkedAt: toInstant(lastPoll) }),
      elapsed: isAnswered ? clock.elapsed() : null,
    })
    const everyMs = hasChanged || isAfterGap ? 0 : writeEveryMs
    await waitAtMost(clock, patienceMs, [this.write(everyMs)])
  }

  /** Takes that another process polled a cloud. */
  recordRemotePoll(cloud: Cloud, at: number): void {
    const known = this.#clouds.get(toCloudKey(cloud))
    if (known === undefined) return
    this.#clouds.set(toCloudKey(cloud), { lastPoll: Math.max(known.lastPoll ?? 0, at), problem: null })
  }

  /**
   * Writes what is not written yet. Never throws: a failure loses it, and the next polls bring it again.
   * @param everyMs does nothing when the last write is younger, in milliseconds
   */
  async write(everyMs = writeEveryMs): Promise<void> {
    const { clock, clouds, logger } = this.#deps
    if (this.#checked.size === 0 || clock.elapsed() - this.#writtenAt < everyMs) return
    const checked = [...this.#checked.values()].map(({ elapsed, ...outcome }) => ({
      ...outcome,
      checkedAgoMs: elapsed === null ? null : clock.elapsed() - elapsed,
    }))
    this.#checked.clear()
    this.#writtenAt = clock.elapsed()
    await clouds.noteChecked(checked).catch((error: unknown) => {
      logger.warn({ err: error, clouds: checked.length }, "Could not write when clouds were polled")
    })
  }
}
