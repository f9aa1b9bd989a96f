import { AppError, toAppError } from "./app-error.ts"
import { waitAtMost, type Clock } from "./clock.ts"

/** The outcome of the last reads. */
export interface Cached<T> {
  /** Null until a read succeeds. */
  value: T | null
  /** When the value was asked for, in milliseconds since 1970. */
  readAt: number | null
  /** Why the last read failed; null when it did not. */
  failure: AppError | null
}

/** A failure is repeated for this long, so readers can't flood a failing upstream. */
const failureMaxAgeMs = 2_000
/** A page waits this long for Atlas before it shows the last known state, in milliseconds. */
export const shownAfterMs = 300

/** Caches the answer of one read, and reads again when it is older than the caller accepts. A failed read counts too. */
export class CachedRead<T> {
  readonly #read: () => Promise<T>
  readonly #clock: Clock
  #kept: Cached<T> = { value: null, readAt: null, failure: null }
  #triedAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  /** True from `expire` to the next answer. */
  #isExpired = false
  /** Counts `expire`, to drop the answer of a read that began before. */
  #generation = 0

  constructor(read: () => Promise<T>, clock: Clock) {
    this.#read = read
    this.#clock = clock
  }

  get kept(): Cached<T> {
    return this.#kept
  }

  /** Returns whether the last read began within this time, since its answer may be as old as that. */
  isFresh(maxAgeMs: number): boolean {
    return this.#reading === null && this.#clock.elapsed() - this.#triedAt < maxAgeMs
  }

  /** Reads unless the last read is younger. Concurrent callers share one read. Never throws: see `failure`. */
  async refresh(maxAgeMs: number): Promise<Cached<T>> {
    if (this.isFresh(maxAgeMs)) return this.#kept
    const generation = this.#generation
    this.#reading ??= this.#readOnce()
    await this.#reading
    return generation === this.#generation ? this.#kept : await this.refresh(maxAgeMs)
  }

  /**
   * Returns the answer, for callers that can't use an older one.
   * @throws AppError why the read failed; after two seconds the next call reads again
   */
  async give(maxAgeMs: number): Promise<T> {
    const failed = this.#kept.failure !== null
    const { value, failure } = await this.refresh(failed ? Math.min(maxAgeMs, failureMaxAgeMs) : maxAgeMs)
    if (failure !== null || value === null) throw failure ?? new AppError("internal_error")
    return value
  }

  /**
   * Returns the answer like `give`, but waits no longer than 300 ms where the last one can be shown instead. The read goes on behind it.
   * After `expire` nothing older is shown.
   */
  async show(maxAgeMs: number): Promise<T> {
    const giving = this.give(maxAgeMs)
    const { value, failure } = this.#kept
    if (value === null || failure !== null || this.#isExpired) return await giving
    await waitAtMost(this.#clock, shownAfterMs, [giving])
    return this.isFresh(maxAgeMs) ? await giving : value
  }

  /** Makes the next call read again, and drops a read that is under way. */
  expire(): void {
    this.#isExpired = true
    this.#triedAt = Number.NEGATIVE_INFINITY
    this.#reading = null
    this.#generation += 1
  }

  async #readOnce(): Promise<void> {
    const generation = this.#generation
    const begun = this.#clock.elapsed()
    const readAt = this.#clock.now()
    let kept: Cached<T>
    try {
      kept = { value: await this.#read(), readAt, failure: null }
    } catch (thrown) {
      const failure = toAppError(thrown, "internal_error")
      kept = { ...this.#kept, failure }
    }
    if (generation !== this.#generation) return
    this.#kept = kept
    this.#isExpired = false
    this.#triedAt = begun
    this.#reading = null
  }
}
