import type { ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"

interface CircuitOptions {
  /** Asks for anything at all. Resolves with whether Atlas answered; never rejects. */
  probe: () => Promise<boolean>
  clock: Clock
  logger: Logger
  /** Called when Atlas answers again after an outage. */
  onRecovered: () => void
}

/** Failures that would meet any call. An answer that refuses says that Atlas works. */
const outages: ReadonlySet<ProblemCode> = new Set([
  "atlas_unreachable",
  "atlas_timeout",
  "atlas_failed",
  "outcome_unknown",
])
const suspectAfterFailures = 5
const suspectAfterMs = 10_000
const probeEveryMs = 5_000
/** Nobody probes for a key that makes no calls any more, such as one that was replaced. */
const givenUpAfterMs = 120_000

/** Returns whether a failure may mean that Atlas can't be used at all. */
export function isOutage(failure: unknown): failure is AppError {
  return failure instanceof AppError && outages.has(failure.code)
}

/**
 * Spares callers the wait for an Atlas that does not answer, and Atlas their calls (circuit breaker), one for each credential. After
 * five failures in a row, or ten seconds of them, one probe decides: if it is answered, the trouble is with some calls only, and all
 * go on. Otherwise every call fails at once, and one probe every five seconds finds the end of the outage for all.
 */
export class Circuit {
  readonly #options: CircuitOptions
  #state: "closed" | "suspected" | "open" = "closed"
  #failuresInARow = 0
  #troubleSince: number | null = null
  #lastWanted = 0
  #lastFailure: AppError | null = null

  constructor(options: CircuitOptions) {
    this.#options = options
  }

  /**
   * Runs a call, or refuses it while the circuit is open.
   * @param isChange true for a call that must not read as if it had been sent
   */
  async run<T>(isChange: boolean, call: () => Promise<T>): Promise<T> {
    const { clock } = this.#options
    const begun = clock.elapsed()
    this.#lastWanted = begun
    if (this.#state === "open") throw this.#toRefusal(isChange)
    try {
      const value = await call()
      this.#noteAnswer()
      return value
    } catch (thrown) {
      // The call that raises the suspicion waits for what the probe says.
      if (isOutage(thrown)) await this.#noteFailure(thrown, begun)
      else if (thrown instanceof AppError) this.#noteAnswer()
      throw thrown
    }
  }

  /** A call that was under way when the circuit opened may still be answered. */
  #noteAnswer(): void {
    const wasOpen = this.#state === "open"
    this.#close()
    if (!wasOpen) return
    this.#options.logger.info("Atlas answers again")
    this.#options.onRecovered()
  }

  #close(): void {
    this.#state = "closed"
    this.#failuresInARow = 0
    this.#troubleSince = null
  }

  async #noteFailure(failure: AppError, begun: number): Promise<void> {
    this.#failuresInARow += 1
    this.#troubleSince ??= begun
    this.#lastFailure = failure
    const troubledMs = this.#options.clock.elapsed() - this.#troubleSince
    if (this.#state !== "closed") return
    if (this.#failuresInARow < suspectAfterFailures && troubledMs < suspectAfterMs) return
    this.#state = "suspected"
    await this.#probe()
  }

  async #probe(): Promise<void> {
    const { clock, logger, probe } = this.#options
    const isAnswered = await probe()
    // Another call was answered meanwhile.
    if (this.#state === "closed") return
    if (isAnswered) return this.#noteAnswer()
    if (clock.elapsed() - this.#lastWanted > givenUpAfterMs) return this.#close()
    if (this.#state === "suspected")
      logger.warn(
        { code: this.#lastFailure?.code, err: this.#lastFailure },
        "Atlas does not answer; calls wait until it does",
      )
    this.#state = "open"
    clock.after(probeEveryMs, () => {
      if (this.#state === "open") void this.#probe()
    })
  }

  #toRefusal(isChange: boolean): AppError {
    const failure = this.#lastFailure
    const detail =
      "Atlas did not answer the last calls, so nothing was sent. It is tried every 5 seconds, and calls go on as soon as it answers."
    const isTold = failure !== null && failure.code !== "outcome_unknown" && !isChange
    return new AppError(isTold ? failure.code : "atlas_unreachable", {
      ...(isTold && failure.shown.atlas !== undefined && { atlas: failure.shown.atlas }),
      detail,
      cause: failure ?? undefined,
    })
  }
}
