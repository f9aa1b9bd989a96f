import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createSharedRun } from "#base/shared-run.ts"
import type { LeaderLease, Beat } from "./leader-lease.ts"

/** `taken-over`: of a process that ended without giving it back. */
export type LeadChange = "taken" | "taken-over" | "lost" | "given-back"

interface LeaderDeps {
  beat: (leaseMs: number) => Promise<Beat>
  leave: LeaderLease["leave"]
  clock: Clock
  logger: Logger
  /** Takes in what other processes wrote, before this process leads. */
  onBeat: (beat: Beat) => Promise<void>
  onChange: (change: LeadChange) => void
}

/** A killed leader's successor asks Atlas three seconds later. A leader that could not renew its lease stops before, at two thirds. */
const leaseMs = 3_000
const renewEveryMs = leaseMs / 3
const trustedMs = (leaseMs * 2) / 3

/** Makes one of the processes over a database the leader, which polls every cloud. When it dies, another one takes the lease over. */
export class Leader {
  /** Renews the lease now, or looks whether it is free. Never throws. */
  readonly renew: () => Promise<void>
  readonly #deps: LeaderDeps
  #leads = false
  #renewedAt = Number.NEGATIVE_INFINITY
  #cancelNext = () => {}
  #stopped = false

  constructor(deps: LeaderDeps) {
    this.#deps = deps
    this.renew = createSharedRun(() => this.#renewAndPlan())
  }

  /** True while this process may trust that nobody took the lease over. */
  get leads(): boolean {
    return this.#leads && this.#isTrusted()
  }

  /** Gives the lease back, so that others need not wait until it runs out. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.renew()
    this.#cancelNext()
    this.#become(false, "given-back")
    await this.#deps.leave().catch((error: unknown) => {
      this.#deps.logger.warn(
        { err: error },
        "Could not hand over the leader's lease; another server takes it in seconds",
      )
    })
  }

  #isTrusted(): boolean {
    return this.#deps.clock.elapsed() - this.#renewedAt < trustedMs
  }

  async #renewAndPlan(): Promise<void> {
    if (this.#stopped) return
    const { clock, logger } = this.#deps
    this.#cancelNext()
    // Polls that were due meanwhile did not run. They are planned again if no other process took the lease.
    if (!this.#isTrusted()) this.#become(false, "lost")
    let nextMs = renewEveryMs
    try {
      nextMs = Math.min(nextMs, await this.#renewNow())
    } catch (error) {
      logger.error({ err: error }, "Could not renew or read the leader's lease")
    }
    if (!this.#isTrusted()) this.#become(false, "lost")
    this.#cancelNext = clock.after(nextMs, () => void this.renew())
  }

  /** @returns when the lease of another process ends, in milliseconds from now; infinity when no other has it */
  async #renewNow(): Promise<number> {
    const { clock, beat, onBeat } = this.#deps
    // From before the statement, since its answer may come late.
    const askedAt = clock.elapsed()
    const answer = await beat(leaseMs)
    await onBeat(answer)
    this.#renewedAt = askedAt
    if (answer.leads) this.#become(true, answer.wasOrphaned ? "taken-over" : "taken")
    else this.#become(false, "lost")
    return answer.leads ? Number.POSITIVE_INFINITY : answer.heldElsewhereForMs
  }

  #become(leads: boolean, change: LeadChange): void {
    if (leads === this.#leads) return
    this.#leads = leads
    this.#deps.onChange(change)
  }
}
