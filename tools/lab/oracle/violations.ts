/** The promises that are checked, by the number that a report shows. */
export const promises = {
  lists: "every list equals the database, and both equal Atlas",
  labels: "every change is called what became of it",
  order: "the log tells of a connection in Atlas's order",
  streams: "no stream goes back, and each adds up to the list",
  messages: "every message of a webhook arrives, and repeats only after a kill or a stop",
  log: "the audit log verifies",
} as const
export type Promised = keyof typeof promises

export interface Violation {
  /** The last act before it was seen. */
  step: number
  promised: Promised
  words: string
}

/** Collects violations, each once. */
export class Violations {
  readonly all: Violation[] = []
  readonly #known = new Set<string>()
  readonly #readStep: () => number
  readonly #note: (line: string) => void

  constructor(readStep: () => number, note: (line: string) => void) {
    this.#readStep = readStep
    this.#note = note
  }

  /** @param subject what it is about: a second violation of the same promise about it is left out */
  add(promised: Promised, subject: string, words: string): void {
    const name = `${promised} ${subject}`
    if (this.#known.has(name)) return
    this.#known.add(name)
    const violation = { step: this.#readStep(), promised, words: `${subject}: ${words}` }
    this.all.push(violation)
    this.#note(`step ${violation.step}: not so: ${promises[promised]}: ${violation.words}`)
  }
}
