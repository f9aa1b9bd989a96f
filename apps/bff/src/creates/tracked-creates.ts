import type { Clock } from "#base/clock.ts"
import { toRowKey, type CreateIntent } from "./create-intent.ts"
import { takeOver, takeOverAll, type CreateRecords } from "./create-states.ts"
import type { ReconcileTiming } from "./reconcile-timing.ts"

/** A create that this process looks up. */
export interface TrackedCreate {
  intent: CreateIntent
  /** It was not sent after this time, and was last taken over at the other, on the clock's `elapsed`. */
  sentBefore: number
  renewedAt: number
  /** Number of lists without the peering. */
  polls: number
  /** Atlas answered the last list. */
  isListed: boolean
  polling: Promise<void> | null
}

interface TrackedCreatesOptions extends CreateRecords {
  clock: Clock
  timing: ReconcileTiming
}

/** The creates that this process looks up, and its hold on them: another process takes over what is not renewed. */
export class TrackedCreates {
  readonly #options: TrackedCreatesOptions
  readonly #tracked = new Map<string, TrackedCreate>()
  #holding = Promise.resolve()

  constructor(options: TrackedCreatesOptions) {
    this.#options = options
  }

  get all(): TrackedCreate[] {
    return [...this.#tracked.values()]
  }

  find(intent: CreateIntent): TrackedCreate | null {
    return this.#tracked.get(toRowKey(intent)) ?? null
  }

  /** @param sentAgoMs the time that has passed at least since it was sent */
  add(intent: CreateIntent, sentAgoMs: number): void {
    const renewedAt = this.#options.clock.elapsed()
    const sentBefore = renewedAt - sentAgoMs
    const unpolled = { polls: 0, isListed: false, polling: null }
    this.#tracked.set(toRowKey(intent), { intent, sentBefore, renewedAt, ...unpolled })
  }

  drop(intent: CreateIntent): void {
    this.#tracked.delete(toRowKey(intent))
  }

  clear(): void {
    this.#tracked.clear()
  }

  /**
   * Takes over those of some orphaned creates that no other process takes at the same moment.
   * @returns the ones that this process looks up from now on
   */
  async takeOver(orphaned: readonly CreateIntent[]): Promise<CreateIntent[]> {
    if (orphaned.length === 0) return []
    const { audit, clock } = this.#options
    const taken = await takeOverAll(this.#options, orphaned)
    const lastTimes = await audit.readLastTimes(taken.flatMap(({ attemptSequence }) => attemptSequence ?? []))
    for (const intent of taken) {
      // A request leaves right after its attempt is written, and is given up before its lost answer is.
      const sentBefore = lastTimes.get(intent.attemptSequence ?? 0) ?? intent.updatedAt
      this.add(intent, Math.max(clock.now() - sentBefore, 0))
    }
    return taken
  }

  /** Renews the hold on all creates, also on those about which Atlas has not answered yet. */
  async renew(): Promise<void> {
    const { clock, timing } = this.#options
    await this.#inTurn(async () => {
      const due = this.all.filter(({ renewedAt }) => clock.elapsed() - renewedAt >= timing.renewEveryMs)
      const intents = due.map(({ intent }) => intent)
      for (const renewed of await takeOverAll(this.#options, intents)) this.#noteRenewed(renewed)
    })
  }

  /** Renews the hold on one create. Drops it and returns null if another process took it over or settled it. */
  async hold(tracked: TrackedCreate): Promise<CreateIntent | null> {
    return await this.#inTurn(async () => {
      const renewed = await takeOver(this.#options, tracked.intent)
      if (renewed === null) this.drop(tracked.intent)
      else this.#noteRenewed(renewed)
      return renewed
    })
  }

  /**
   * Drops the creates that another process settled or took over.
   * @param held the ones tracked before the others were read; what was tracked or renewed since is ours
   */
  dropLost(held: readonly CreateIntent[], unsettled: readonly CreateIntent[]): void {
    const touchedAt = new Map(unsettled.map((intent) => [toRowKey(intent), intent.updatedAt]))
    for (const intent of held) {
      const tracked = this.find(intent)
      const isUnchanged = tracked?.intent === intent && tracked.polling === null
      if (isUnchanged && touchedAt.get(toRowKey(intent)) !== intent.updatedAt) this.drop(intent)
    }
  }

  /** Returns true if a list without the peering proves that nothing was made. */
  isCertain(tracked: TrackedCreate): boolean {
    // Without an audit row it was not sent, and can't be since it was taken over.
    if (tracked.intent.attemptSequence === null) return true
    return tracked.polls >= this.#options.timing.certainAfterPolls && this.#isOldEnough(tracked)
  }

  /** Returns true if for some create nothing but lists is missing as proof, and Atlas answers them. */
  get isProving(): boolean {
    const { certainAfterPolls } = this.#options.timing
    return this.all.some((one) => one.isListed && one.polls < certainAfterPolls && this.#isOldEnough(one))
  }

  /** Returns true if Atlas would list by now what it made. */
  #isOldEnough({ sentBefore }: TrackedCreate): boolean {
    const { clock, timing } = this.#options
    return clock.elapsed() - sentBefore >= timing.certainAfterMs
  }

  #noteRenewed(intent: CreateIntent): void {
    const tracked = this.find(intent)
    if (tracked !== null) Object.assign(tracked, { intent, renewedAt: this.#options.clock.elapsed() })
  }

  /** Renewals of one create at once would take it from each other. */
  #inTurn<T>(renew: () => Promise<T>): Promise<T> {
    const renewal = this.#holding.then(renew)
    this.#holding = renewal.then(
      () => undefined,
      () => undefined,
    )
    return renewal
  }
}
