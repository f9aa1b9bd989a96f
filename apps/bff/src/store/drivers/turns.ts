/**
 * Gives something to one caller at a time, in the order they asked. The event loop turns between two callers: work of the store never
 * waits for anything else, and a crowd of callers would otherwise keep new connections and timers waiting until all are done.
 */
export class Turns {
  #isTaken = false
  readonly #waiting: (() => void)[] = []

  async take(): Promise<void> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#isTaken = true
  }

  /** Passes it on. */
  end(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isTaken = false
    else setImmediate(next)
  }
}
