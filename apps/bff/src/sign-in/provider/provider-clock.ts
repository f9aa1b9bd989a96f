import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { ProviderError } from "./oidc-problem.ts"

/** The tolerated difference between the provider's clock and ours. */
export const clockSkewSeconds = 300

/** The two clocks differ too much for tokens; logged at warn, since somebody has to set one. */
export class ClocksDiffer extends Error {
  /** The lead of this server's clock; negative when it is behind. */
  readonly secondsAhead: number

  constructor(secondsAhead: number, cause: unknown) {
    super(`this server's clock is ${describeDifference(secondsAhead)} the identity provider's`, { cause })
    this.name = "ClocksDiffer"
    this.secondsAhead = secondsAhead
  }
}

/** Compares the provider's clock, as the `Date` header of its answers has it, with ours. */
export class ProviderClock {
  readonly #clock: Clock
  #secondsAhead = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Reads the time of an answer. */
  note({ headers }: Response): void {
    const there = Date.parse(headers.get("date") ?? "")
    if (!Number.isNaN(there)) this.#secondsAhead = Math.round((this.#clock.now() - there) / 1000)
  }

  /** Names the clocks as the cause of a token that failed verification, if they differ more than tokens tolerate. */
  explain(problem: AppError): AppError {
    const isAboutToken = problem.code === "sign_in_failed" && !(problem.cause instanceof ProviderError)
    if (!isAboutToken || Math.abs(this.#secondsAhead) < clockSkewSeconds) return problem
    const cause = new ClocksDiffer(this.#secondsAhead, problem.cause)
    const detail = `Sign-in failed because this server's clock is ${describeDifference(this.#secondsAhead)} the identity provider's. Its operator has to synchronise the clocks (NTP); ${clockSkewSeconds / 60} minutes are tolerated.`
    return new AppError("sign_in_failed", { detail, cause })
  }
}

/** Writes a difference in its largest unit, such as `2 days ahead of`. */
export function describeDifference(secondsAhead: number): string {
  const seconds = Math.abs(secondsAhead)
  const [unit, size] =
    seconds >= 1.5 * 86_400
      ? ["days", 86_400]
      : seconds >= 1.5 * 3_600
        ? ["hours", 3_600]
        : seconds >= 90
          ? ["minutes", 60]
          : ["s", 1]
  return `${Math.round(seconds / Number(size))} ${unit} ${secondsAhead < 0 ? "behind" : "ahead of"}`
}
