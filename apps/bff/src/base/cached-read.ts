import { AppError, toAppError } from "./app-error.ts"
import type { Clock } from "./clock.ts"

/** What a read last gave. */
export interface Cached<T> {
  /** Null when it never succeeded. */
  value: T | null
  /** When that was, in milliseconds since 1970. */
  readAt: number | null
  /** Why the last try failed; null when it did not. */
  failure: AppError | null
}

/** A failure is told again for this long, so that a read which fails is not asked without end either. */
const failureMaxAgeMs = 2_000

/** Keeps the answer of one read, and asks again only when it is older than the asker wants. A failed try counts as one. */
export class CachedRead<T> {
  readonly #read: () => Promise<T>
  readonly #clock: Clock
  #kept: Cached<T> = { value: null, readAt: null, failure: null }
  #triedAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  /** Counts `expire`, so that a read which began before is not taken for a later one. */
  #generation = 0

  constructor(read: () => Promise<T>, clock: Clock) {
    this.#read = read
    this.#clock = clock
  }

  get kept(): Cached<T> {
    return this.#kept
  }

  /** Counted from when it was asked for, since the answer may be as old as that. */
  isFresh(maxAgeMs: number): boolean {
    return this.#reading === null && this.#clock.now() - this.#triedAt < maxAgeMs
  }

  /** Reads unless the last try is younger than that; who asks meanwhile shares it. Never throws: see `failure`. */
  async refresh(maxAgeMs: number): Promise<Cached<T>> {
    if (this.isFresh(maxAgeMs)) return this.#kept
    const generation = this.#generation
    this.#reading ??= this.#readOnce()
    await this.#reading
    return generation === this.#generation ? this.#kept : await this.refresh(maxAgeMs)
  }

  /**
   * The answer, no older than that, for who can do nothing with an older one.
   * @throws AppError why it can't be told; after two seconds it is asked for again
   */
  async give(maxAgeMs: number): Promise<T> {
    const failed = this.#kept.failure !== null
    const { value, failure } = await this.refresh(failed ? Math.min(maxAgeMs, failureMaxAgeMs) : maxAgeMs)
    if (failure !== null || value === null) throw failure ?? new AppError("internal_error")
    return value
  }

  /** What was read until now is out of date, and so is a read that is under way. */
  expire(): void {
    this.#triedAt = Number.NEGATIVE_INFINITY
    this.#reading = null
    this.#generation += 1
  }

  async #readOnce(): Promise<void> {
    const generation = this.#generation
    const begun = this.#clock.now()
    let kept: Cached<T>
    try {
      kept = { value: await this.#read(), readAt: begun, failure: null }
    } catch (thrown) {
      const failure = toAppError(thrown, "internal_error")
      kept = { ...this.#kept, failure }
    }
    if (generation !== this.#generation) return
    this.#kept = kept
    this.#triedAt = begun
    this.#reading = null
  }
}
