import { repeat, type Clock } from "#base/clock.ts"

const turnMs = 1_000
const turns = 25

interface Beating {
  /** Sends a heartbeat. */
  beat: () => void
}

/**
 * The heartbeats of all streams by one timer: each gets one every 25 s, counted from its opening, so that thousands of them do not come in
 * the same moment.
 */
export class Heartbeats {
  readonly #clock: Clock
  /** The streams by the second of the round in which they were opened. */
  readonly #slots = Array.from({ length: turns }, () => new Set<Beating>())
  #now = 0
  #stop: (() => void) | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  follow(stream: Beating): void {
    this.#slots[this.#now]?.add(stream)
    this.#stop ??= repeat(this.#clock, turnMs, async () => this.#turn())
  }

  leave(stream: Beating): void {
    for (const slot of this.#slots) slot.delete(stream)
    if (this.#slots.some(({ size }) => size > 0)) return
    this.#stop?.()
    this.#stop = null
  }

  #turn(): void {
    this.#now = (this.#now + 1) % turns
    for (const stream of this.#slots[this.#now] ?? []) stream.beat()
  }
}
