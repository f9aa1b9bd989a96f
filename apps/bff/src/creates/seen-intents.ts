import type { Clock } from "#base/clock.ts"
import { toRowKey, type CreateIntent } from "./create-intent.ts"

/** Tells for how long this process has seen an intent untouched, since the clock that wrote it may have been ahead of ours. */
export class SeenIntents {
  readonly #clock: Clock
  #seen = new Map<string, { updatedAt: number; since: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Notes every intent that is unsettled at present. */
  note(unsettled: readonly CreateIntent[]): void {
    const before = this.#seen
    const since = this.#clock.elapsed()
    this.#seen = new Map(
      unsettled.map((intent) => {
        const { updatedAt } = intent
        const known = before.get(toRowKey(intent))
        return [toRowKey(intent), known?.updatedAt === updatedAt ? known : { updatedAt, since }]
      }),
    )
  }

  untouchedForMs(intent: CreateIntent): number {
    const seen = this.#seen.get(toRowKey(intent))
    return seen?.updatedAt === intent.updatedAt ? this.#clock.elapsed() - seen.since : 0
  }
}
