import type { Clock } from "#base/clock.ts"
import { createSharedRun } from "#base/shared-run.ts"
import type { CloudReader } from "#cloud-reading/cloud-reader.ts"
import type { ReaderIdentity } from "#cloud-reading/reading.ts"

const keptMs = 15 * 60_000
/** An identity that the server has just got shows soon. */
const keptProblemMs = 20_000

/** Knows the server's own identity in AWS. Asks AWS when somebody wants to know it, and not more often than necessary. */
export class ServerIdentity {
  readonly #reader: Pick<CloudReader, "identify">
  readonly #clock: Clock
  readonly #ask: () => Promise<void>
  #known: ReaderIdentity | null = null
  #askedAt = Number.NEGATIVE_INFINITY

  constructor({ reader, clock }: { reader: Pick<CloudReader, "identify">; clock: Clock }) {
    this.#reader = reader
    this.#clock = clock
    this.#ask = createSharedRun(async () => {
      if (this.#isFresh()) return
      this.#known = await this.#reader.identify()
      this.#askedAt = this.#clock.elapsed()
    })
  }

  /** Returns the ARN for a trust policy; null while it can't be known. */
  async readPrincipal(): Promise<string | null> {
    if (!this.#isFresh()) await this.#ask()
    return this.#known !== null && "arn" in this.#known ? this.#known.arn : null
  }

  #isFresh(): boolean {
    if (this.#known === null) return false
    return this.#clock.elapsed() - this.#askedAt < ("arn" in this.#known ? keptMs : keptProblemMs)
  }
}
