import type { OpenCreateState, Peering } from "@peering-desk/shared-schemas"
import type { AuditLog } from "#audit/audit-log.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { toRowKey, type CreateIntent, type OpenIntent } from "./create-intent.ts"
import type { CreateIntents } from "./create-intents.ts"
import { settleAbsent, settleFound, takeOver } from "./create-states.ts"
import { findInNewList } from "./find-created.ts"
import { OpenCreates } from "./open-creates.ts"
import { usualTiming, type ReconcileTiming } from "./reconcile-timing.ts"
import { SeenIntents } from "./seen-intents.ts"
import { TrackedCreates, type TrackedCreate } from "./tracked-creates.ts"

interface ReconcilerOptions {
  intents: CreateIntents
  pollers: PollerPool
  audit: AuditLog
  clock: Clock
  logger: Logger
  timing?: Partial<ReconcileTiming>
  /**
   * No other process can have sent anything since this time (milliseconds since 1970), so older intents are orphaned at once. Null when
   * several processes may share the store.
   */
  aloneSince?: number | null
}

/**
 * Finds the outcome of creates whose answer or process was lost: polls for the peering until the outcome is known, and never sends.
 * Several processes share the work; the store gives each intent to one at a time.
 */
export class CreateReconciler {
  readonly timing: ReconcileTiming
  readonly #options: ReconcilerOptions
  readonly #open: OpenCreates
  readonly #tracked: TrackedCreates
  readonly #sending = new Set<string>()
  readonly #seen: SeenIntents
  #scanning = false
  #ticking = false
  /** Null while no tick is planned. */
  #cancelTick: (() => void) | null = null

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.timing = { ...usualTiming, ...options.timing }
    this.#seen = new SeenIntents(options.clock)
    this.#tracked = new TrackedCreates({ ...options, timing: this.timing })
    this.#open = new OpenCreates({ live: options.pollers.live, clock: options.clock })
  }

  /** Takes over orphaned creates of other processes, now and regularly until `stop`. */
  start(): void {
    this.#scanning = true
    void this.#tick()
  }

  stop(): void {
    this.#scanning = false
    this.#tracked.clear()
    this.#cancelTick?.()
    this.#cancelTick = null
  }

  /** Keeps an intent from being taken over while this process sends it, until the returned function is called. */
  beginSending(intent: CreateIntent): () => void {
    const key = toRowKey(intent)
    this.#open.drop(intent)
    this.#sending.add(key)
    return () => this.#sending.delete(key)
  }

  /** Shows the state of a create that this process is sending; null shows nothing. */
  show(intent: CreateIntent, state: OpenCreateState | null): void {
    if (state === null) this.#open.drop(intent)
    else this.#open.show(intent, state)
  }

  /** Returns true if no process is sending an unsettled intent any more. */
  isOrphaned(intent: CreateIntent): boolean {
    if (this.#sending.has(toRowKey(intent))) return false
    return intent.state === "unknown" || this.#isUntouched(intent)
  }

  /** Looks an intent up regularly until its outcome is known. Its sending ended just now. */
  track(intent: CreateIntent): void {
    this.#tracked.add(intent, 0)
    this.#open.show(intent, "being-checked")
    this.#tickLater()
  }

  /** Looks an orphaned intent up once, now. Returns it as it is afterwards. */
  async lookUp({ projectId, key }: Pick<CreateIntent, "projectId" | "key">): Promise<CreateIntent | null> {
    const { intents } = this.#options
    const now = await intents.find({ projectId, key })
    if (now === null || (now.state !== "unknown" && now.state !== "sending")) return now
    if (this.#tracked.find(now) === null && this.#isUntouched(now)) await this.#takeOver([now])
    const tracked = this.#tracked.find(now)
    if (tracked !== null) await this.#poll(tracked)
    else if (now.state === "unknown") await this.#lookUpElsewhere(now)
    return await intents.find(now)
  }

  /**
   * Looks for the peering of a create that another process tracks. It is taken over only when the peering is found: otherwise people who
   * ask at each process in turn would restart its proof each time.
   */
  async #lookUpElsewhere(intent: CreateIntent): Promise<void> {
    const { found } = await findInNewList(this.#options, intent)
    if (found === null) return
    // Null when somebody changed it meanwhile: it may have been settled and sent again.
    const taken = await takeOver(this.#options, intent)
    if (taken !== null) await this.#settleFound(taken, found)
  }

  /** Plans the next tick. One that is planned or under way stays, or a stream of lost answers would postpone it for ever. */
  #tickLater(): void {
    if (this.#ticking || this.#cancelTick !== null) return
    if (!this.#scanning && this.#tracked.all.length === 0) return
    const { pollEveryMs, proveEveryMs } = this.timing
    const nextMs = this.#tracked.isProving ? proveEveryMs : pollEveryMs
    this.#cancelTick = this.#options.clock.after(nextMs, () => {
      this.#cancelTick = null
      void this.#tick()
    })
  }

  async #tick(): Promise<void> {
    this.#ticking = true
    try {
      if (this.#scanning) await this.#scan()
      await this.#tracked.renew()
      const polls = this.#tracked.all.map((tracked) => this.#pollOrLog(tracked))
      await waitAtMost(this.#options.clock, this.timing.slowAfterMs, polls)
      this.#open.dropOld()
    } catch (error) {
      this.#options.logger.error({ err: error }, "open creates can't be looked up")
    }
    this.#ticking = false
    this.#tickLater()
  }

  /** Takes over orphaned intents, and shows the ones that other processes look up. */
  async #scan(): Promise<void> {
    const held = this.#tracked.all.map(({ intent }) => intent)
    const all = await this.#options.intents.listUnsettled()
    this.#tracked.dropLost(held, all)
    const unsettled = all.filter((intent) => !this.#sending.has(toRowKey(intent)))
    this.#seen.note(unsettled)
    for (const intent of unsettled) if (intent.state === "unknown") this.#open.show(intent, "being-checked")
    const isOrphaned = (intent: OpenIntent) =>
      (intent.isProcessGone || this.#isUntouched(intent)) && this.#tracked.find(intent) === null
    await this.#takeOver(unsettled.filter(isOrphaned))
    const keys = new Set(unsettled.map(toRowKey))
    for (const shown of this.#open.beingChecked())
      if (!keys.has(toRowKey(shown))) await this.#showOutcome(shown)
  }

  #isUntouched(intent: CreateIntent): boolean {
    const { aloneSince, clock } = this.#options
    const { state, updatedAt } = intent
    if (updatedAt < (aloneSince ?? 0)) return true
    const { orphanedAfterMs, releasedAfterMs } = this.timing
    const untouchedForMs = Math.max(clock.now() - updatedAt, this.#seen.untouchedForMs(intent))
    return untouchedForMs >= (state === "unknown" ? releasedAfterMs : orphanedAfterMs)
  }

  async #takeOver(orphaned: readonly CreateIntent[]): Promise<void> {
    for (const intent of await this.#tracked.takeOver(orphaned)) this.#open.show(intent, "being-checked")
    this.#tickLater()
  }

  async #pollOrLog(tracked: TrackedCreate): Promise<void> {
    await this.#poll(tracked).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, "an open create can't be looked up")
    })
  }

  async #poll(tracked: TrackedCreate): Promise<void> {
    tracked.polling ??= this.#pollOnce(tracked).finally(() => {
      tracked.polling = null
    })
    await tracked.polling
  }

  async #pollOnce(tracked: TrackedCreate): Promise<void> {
    const { found, isListed, isDoubtful } = await findInNewList(this.#options, tracked.intent)
    tracked.isListed = isListed && !isDoubtful
    if (isDoubtful) return
    if (found === null && isListed) tracked.polls += 1
    const isAbsent = tracked.polls > 0 && this.#tracked.isCertain(tracked)
    if (found === null && !isAbsent) return
    const renewed = await this.#tracked.hold(tracked)
    if (renewed === null) return await this.#showOutcome(tracked.intent)
    if (found !== null) await this.#settleFound(renewed, found)
    else if (isListed) await this.#settleAbsent(renewed)
  }

  async #settleFound(intent: CreateIntent, found: Peering): Promise<void> {
    const why = "The answer was lost; the connection was found in Atlas's list."
    // If two creates find the same peering at once, one gets it. The next poll tells the outcome of the other.
    if ((await settleFound(this.#options, intent, found, why)) === null) return
    await this.#options.pollers.of(intent.projectId, intent.providerName).noteCreator(found, intent.userKey)
    this.#tracked.drop(intent)
    this.#open.drop(intent)
  }

  async #settleAbsent(intent: CreateIntent): Promise<void> {
    await settleAbsent(this.#options, intent)
    this.#tracked.drop(intent)
    this.#open.show(intent, "not-created")
  }

  /** Shows how another process settled a create, or that it still looks it up. */
  async #showOutcome(name: Pick<CreateIntent, "projectId" | "key">): Promise<void> {
    const intent = await this.#options.intents.find(name)
    if (intent?.state === "not-created") this.#open.show(intent, "not-created")
    else if (intent?.state !== "unknown") this.#open.drop(name)
  }
}
