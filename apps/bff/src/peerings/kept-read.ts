import { toAppError, type AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"

/** What a read last gave. */
export interface Kept<T> {
  /** Null when it never succeeded. */
  value: T | null
  /** When that was, in milliseconds since 1970. */
  readAt: number | null
  /** Why the last try failed; null when it did not. */
  failure: AppError | null
}

/** Keeps the answer of one read, and asks again only when it is older than the asker wants. A failed try counts as one. */
export class KeptRead<T> {
  readonly #read: () => Promise<T>
  readonly #clock: Clock
  #kept: Kept<T> = { value: null, readAt: null, failure: null }
  #triedAt = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  /** Counts `expire`, so that a read which began before is not taken for a later one. */
  #generation = 0

  constructor(read: () => Promise<T>, clock: Clock) {
    this.#read = read
    this.#clock = clock
  }

  get kept(): Kept<T> {
    return this.#kept
  }

  /** Counted from when it was asked for, since the answer may be as old as that. */
  isFresh(maxAgeMs: number): boolean {
    return this.#reading === null && this.#clock.now() - this.#triedAt < maxAgeMs
  }

  /** Reads unless the last try is younger than that; who asks meanwhile shares it. Never throws: see `failure`. */
  async refresh(maxAgeMs: number): Promise<Kept<T>> {
    if (this.isFresh(maxAgeMs)) return this.#kept
    const generation = this.#generation
    this.#reading ??= this.#readOnce()
    await this.#reading
    return generation === this.#generation ? this.#kept : await this.refresh(maxAgeMs)
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
    let kept: Kept<T>
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
