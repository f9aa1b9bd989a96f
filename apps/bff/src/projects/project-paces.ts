import type { ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { SharedPaces } from "#processes/shared-paces.ts"

interface ProjectPacesDeps {
  /** Null when this process has the database to itself. */
  shared: Pick<SharedPaces, "write" | "read"> | null
  clock: Clock
  logger: Logger
}

/** The pause and slowdown of one project. Times are on the clock's `elapsed`. */
interface Pace {
  pausedUntil: number
  refusal: AppError | null
  /** Factor by which its polls were slower than usual after the last refusal. */
  slowness: number
  slowedAt: number
}

const usualPace: Pace = { pausedUntil: 0, refusal: null, slowness: 1, slowedAt: Number.NEGATIVE_INFINITY }
const slowest = 16
/** Half of a slowdown is made up in this time. */
const recoverHalfMs = 10 * 60_000
/** The most calls a minute that polls make at the usual pace; in a project with three moving clouds. */
const usualMostPerMinute = 45
/** Atlas's limits are asked for this often, for each project that is polled. */
const limitMaxAgeMs = 60 * 60_000
/** The share of Atlas's limit that polls take. The rest is for people, and for others with the same key. */
const ourShare = 1 / 2

/**
 * Knows for each project until when Atlas wants no calls, and how many times slower than usual it is polled. Atlas counts limits by
 * project, so a project never slows another one down.
 */
export class ProjectPaces {
  readonly #deps: ProjectPacesDeps
  readonly #paces = new Map<string, Pace>()
  /** By Atlas's own limits: how many times slower than usual polls have to be at least. */
  readonly #limits = new Map<string, number>()
  readonly #limitsAskedAt = new Map<string, number>()

  constructor(deps: ProjectPacesDeps) {
    this.#deps = deps
  }

  /** Returns how many times slower than usual a project is polled: 1 or more. */
  slownessOf(projectId: string): number {
    const { slowness, slowedAt } = this.#paces.get(projectId) ?? usualPace
    const left = (slowness - 1) * 2 ** ((slowedAt - this.#deps.clock.elapsed()) / recoverHalfMs)
    return Math.max(1 + left, this.#limits.get(projectId) ?? 1)
  }

  /**
   * Runs a call about a project unless Atlas wants none (RFC 6585 §4): until the pause after a 429 is over, calls are refused here with
   * Atlas's words and the seconds that are left.
   */
  async run<T>(projectId: string, call: () => Promise<T>): Promise<T> {
    const pause = this.#findPause(projectId)
    if (pause !== null) throw pause
    try {
      return await call()
    } catch (thrown) {
      const seconds = thrown instanceof AppError ? thrown.shown.retryAfterSeconds : undefined
      if (thrown instanceof AppError && seconds !== undefined)
        await this.noteRefused(projectId, thrown, seconds * 1000)
      throw thrown
    }
  }

  /** Returns Atlas's refusal with the seconds that are left of its pause; null without a pause. */
  #findPause(projectId: string): AppError | null {
    const { pausedUntil, refusal } = this.#paces.get(projectId) ?? usualPace
    const leftMs = pausedUntil - this.#deps.clock.elapsed()
    if (refusal === null || leftMs <= 0) return null
    return new AppError(refusal.code, { ...refusal.shown, retryAfterSeconds: Math.ceil(leftMs / 1000) })
  }

  /** Obeys a 429: a pause, and half the pace after it. Calls that were under way meet the same limit, so they change nothing. */
  async noteRefused(projectId: string, refusal: AppError, pauseMs: number): Promise<void> {
    const { clock, logger, shared } = this.#deps
    const isPaused = this.#findPause(projectId) !== null
    const slowness = isPaused
      ? (this.#paces.get(projectId) ?? usualPace).slowness
      : Math.min(this.slownessOf(projectId) * 2, slowest)
    const now = clock.elapsed()
    this.#paces.set(projectId, { pausedUntil: now + pauseMs, refusal, slowness, slowedAt: now })
    if (isPaused) return
    const { code, shown } = refusal
    await shared
      ?.write({ projectId, pauseLeftMs: pauseMs, refusal: JSON.stringify({ code, shown }), slowness })
      .catch((error: unknown) => {
        logger.warn({ err: error, projectId }, "Could not tell other servers of a pause that Atlas asks for")
      })
  }

  /** Asks for Atlas's limit now and then, beside a call that is made anyway. One that can't be read leaves the usual pace. */
  learnLimit(projectId: string, read: () => Promise<number | null>): void {
    const now = this.#deps.clock.elapsed()
    if (now - (this.#limitsAskedAt.get(projectId) ?? Number.NEGATIVE_INFINITY) < limitMaxAgeMs) return
    this.#limitsAskedAt.set(projectId, now)
    void read()
      .then((perMinute) => perMinute !== null && this.noteLimit(projectId, perMinute))
      .catch(() => undefined)
  }

  /** Notes how many calls a minute Atlas allows for the peerings of a project. */
  noteLimit(projectId: string, callsPerMinute: number): void {
    this.#limits.set(projectId, usualMostPerMinute / (callsPerMinute * ourShare))
  }

  /** Takes in the refusals that other processes met. Rejects when the database fails. */
  async refresh(): Promise<void> {
    const now = this.#deps.clock.elapsed()
    for (const {
      projectId,
      pauseLeftMs,
      refusal,
      slowness,
      slowedAgoMs,
    } of (await this.#deps.shared?.read()) ?? []) {
      const known = this.#paces.get(projectId) ?? usualPace
      const slowedAt = now - slowedAgoMs
      if (pauseLeftMs === 0 && slowedAt <= known.slowedAt) continue
      this.#paces.set(projectId, {
        pausedUntil: Math.max(known.pausedUntil, now + pauseLeftMs),
        refusal: toRefusal(refusal),
        ...(slowedAt > known.slowedAt ? { slowness, slowedAt } : known),
      })
    }
  }
}

function toRefusal(json: string): AppError {
  const { code, shown } = JSON.parse(json) as { code: ProblemCode; shown: AppError["shown"] }
  return new AppError(code, shown)
}
