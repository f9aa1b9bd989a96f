import type { AtlasCallEnd } from "#atlas/atlas-call.ts"
import { toInstant, type Clock } from "#base/clock.ts"

const unanswered: ReadonlySet<AtlasCallEnd["outcome"]> = new Set([
  "atlas_unreachable",
  "atlas_timeout",
  "atlas_failed",
  "atlas_unreadable",
  "outcome_unknown",
])

/** Knows whether Atlas answers, from the calls that are made anyway. */
export class AtlasReach {
  readonly #clock: Clock
  #failing: { since: number; code: string } | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note({ outcome }: Pick<AtlasCallEnd, "outcome">): void {
    if (!unanswered.has(outcome)) this.#failing = null
    else this.#failing = { since: this.#failing?.since ?? this.#clock.now(), code: outcome }
  }

  /** Since when no call was answered, and the code of the last one; null while Atlas answers. */
  get failure(): { since: string; code: string } | null {
    return this.#failing && { since: toInstant(this.#failing.since), code: this.#failing.code }
  }
}
