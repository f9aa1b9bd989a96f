import type { Peering } from "@peering-desk/shared-schemas"
import type { Kysely } from "kysely"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { CreateIntent, CreateIntents } from "./create-intents.ts"
import type { Tables } from "#store/tables.ts"
import { findCreated, isAnotherOnItsWay } from "./find-created.ts"
import { OpenCreates } from "./open-creates.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

/** Times in milliseconds. */
export interface ReconcilePace {
  lookEveryMs: number
  /** An intent that nobody touched for so long has lost its process. Longer than any create takes from its last touch to its answer. */
  leftAfterMs: number
  /** This long after it was sent for the last time, Atlas's list tells whether anything was made. */
  certainAfterMs: number
  /** How many lists without it are needed. */
  certainAfterLooks: number
  /** When to look while somebody waits for the answer, after one another. */
  lookUpAfterMs: readonly number[]
}

const usualPace: ReconcilePace = {
  lookEveryMs: 5_000,
  leftAfterMs: 20_000,
  certainAfterMs: 30_000,
  certainAfterLooks: 3,
  lookUpAfterMs: [0, 1_000, 3_000],
}

interface ReconcilerOptions {
  intents: CreateIntents
  pollers: PollerPool
  audit: Pick<AuditLog, "complete">
  clock: Clock
  logger: Logger
  pace?: Partial<ReconcilePace>
  /**
   * Since when no other process can have sent anything, in milliseconds since 1970: what was touched before then was left behind, and is
   * not waited for. Null when several processes may share the store.
   */
  aloneSince?: number | null
}

/** An intent that this process looks up. */
interface Held {
  intent: CreateIntent
  /** It can't have been sent after this. */
  sentBefore: number
  looks: number
  looking: Promise<void> | null
}

/**
 * Finds out what became of creates whose answer was lost, or whose process was: each is looked for by what it joins until it is known,
 * and never sent. Several processes share the work; the store gives each intent to one at a time.
 */
export class CreateReconciler {
  readonly #options: ReconcilerOptions
  readonly pace: ReconcilePace
  readonly #open: OpenCreates
  readonly #held = new Map<string, Held>()
  readonly #sending = new Set<string>()
  #scanning = false
  #cancelTick = () => {}

  constructor(options: ReconcilerOptions) {
    this.#options = options
    this.pace = { ...usualPace, ...options.pace }
    this.#open = new OpenCreates({ live: options.pollers.live, clock: options.clock })
  }

  /** Takes over what other processes left behind, now and from time to time, until `stop`. */
  start(): void {
    this.#scanning = true
    void this.#tick()
  }

  stop(): void {
    this.#scanning = false
    this.#held.clear()
    this.#cancelTick()
  }

  /** This process sends it itself: it is not looked up before the returned function is called. */
  sending(intent: CreateIntent): () => void {
    const key = toKey(intent)
    this.#open.drop(intent)
    this.#sending.add(key)
    return () => this.#sending.delete(key)
  }

  /** Whether nobody is sending it any more. */
  isLeft(intent: CreateIntent): boolean {
    if (this.#sending.has(toKey(intent))) return false
    return intent.state === "unknown" || this.#isUntouched(intent)
  }

  /**
   * Looks an intent up from time to time until it is known what became of it.
   * @param sentBefore when it had been sent at the latest, in milliseconds since 1970
   */
  hold(intent: CreateIntent, sentBefore: number): void {
    this.#held.set(toKey(intent), { intent, sentBefore, looks: 0, looking: null })
    this.#open.show(intent, "being-checked")
    this.#tickLater()
  }

  /** Looks an unsettled intent up once, now. Resolves with what is known of it then. */
  async lookUp(intent: CreateIntent): Promise<CreateIntent> {
    if (!this.#held.has(toKey(intent))) await this.#takeOver(intent)
    const held = this.#held.get(toKey(intent))
    if (held !== undefined) await this.#look(held)
    return (await this.#options.intents.find(intent)) ?? intent
  }

  #tickLater(): void {
    this.#cancelTick()
    if (!this.#scanning && this.#held.size === 0) return
    this.#cancelTick = this.#options.clock.after(this.pace.lookEveryMs, () => void this.#tick())
  }

  async #tick(): Promise<void> {
    try {
      if (this.#scanning) await this.#scan()
      await Promise.all([...this.#held.values()].map((held) => this.#look(held)))
      this.#open.dropOld()
    } catch (error) {
      this.#options.logger.error({ err: error }, "open creates can't be looked up")
    }
    this.#tickLater()
  }

  /** Finds what other processes left behind, and shows what they look up. */
  async #scan(): Promise<void> {
    const unsettled = (await this.#options.intents.listUnsettled()).filter(
      (intent) => !this.#sending.has(toKey(intent)),
    )
    for (const intent of unsettled) {
      if (intent.state === "unknown") this.#open.show(intent, "being-checked")
      if (this.#isUntouched(intent) && !this.#held.has(toKey(intent))) await this.#takeOver(intent)
    }
    const keys = new Set(unsettled.map(toKey))
    for (const shown of this.#open.beingChecked()) if (!keys.has(toKey(shown))) await this.#showEnd(shown)
  }

  #isUntouched({ updatedAt }: CreateIntent): boolean {
    const { aloneSince, clock } = this.#options
    return updatedAt < (aloneSince ?? 0) || clock.now() - updatedAt >= this.pace.leftAfterMs
  }

  async #takeOver(intent: CreateIntent): Promise<void> {
    const taken = await this.#options.intents.takeOver(intent)
    // It is touched right before it is sent, and not sent once it was taken over.
    if (taken !== null) this.hold(taken, intent.updatedAt)
  }

  async #look(held: Held): Promise<void> {
    held.looking ??= this.#pollNow(held).finally(() => {
      held.looking = null
    })
    await held.looking
  }

  async #pollNow(held: Held): Promise<void> {
    const { clock, intents, pollers } = this.#options
    const { projectId, providerName } = held.intent
    const cloud = pollers.of(projectId, providerName)
    await cloud.poll(0)
    const found = await findCreated(intents, held.intent, pollers.live.ofCloud(projectId, providerName))
    // Another one that is sent right now may have made it; its answer tells.
    if (found !== null && (await isAnotherOnItsWay(intents, held.intent, found))) return
    if (found === null && cloud.failure === null) held.looks += 1
    const isCertain = held.looks > 0 && this.#isCertain(held)
    const mustRenew = clock.now() - held.intent.updatedAt >= this.pace.leftAfterMs / 3
    if (found === null && !isCertain && !mustRenew) return
    // Another process may have taken it from us; then this says so.
    const renewed = await intents.takeOver(held.intent)
    if (renewed === null) {
      this.#held.delete(toKey(held.intent))
      return this.#showEnd(held.intent)
    }
    held.intent = renewed
    if (found !== null) await this.#settleCreated(renewed, found)
    else if (isCertain && cloud.failure === null) await this.#settleNotCreated(renewed)
  }

  /** Whether a list without it says that nothing was made. */
  #isCertain({ intent, looks, sentBefore }: Held): boolean {
    // Without an audit row it was not sent, and since it was taken over it can't be any more.
    if (intent.attemptSequence === null) return true
    const { certainAfterLooks, certainAfterMs } = this.pace
    return looks >= certainAfterLooks && this.#options.clock.now() - sentBefore >= certainAfterMs
  }

  async #settleCreated(intent: CreateIntent, found: Peering): Promise<void> {
    const { audit, intents, pollers } = this.#options
    const settlement = { state: "created", peeringId: found.id, isFound: true } as const
    const result = {
      outcome: "done",
      answerCode: null,
      peeringId: found.id,
      after: found.raw,
      detail: { why: "The answer was lost; the connection was found in Atlas's list." },
    } as const
    const settle = async (db?: Kysely<Tables>) => (await intents.settle(intent, settlement, db)) !== null
    const { attemptSequence } = intent
    const isOurs =
      attemptSequence === null ? await settle() : await audit.complete(attemptSequence, result, settle)
    // Of two that are looked up at once the other one has it; the next look tells what became of this one.
    if (!isOurs) return
    await pollers.of(intent.projectId, intent.providerName).noteCreator(found, intent.userKey)
    this.#held.delete(toKey(intent))
    this.#open.drop(intent)
  }

  async #settleNotCreated(intent: CreateIntent): Promise<void> {
    const { audit, intents } = this.#options
    const detail = "The answer was lost, and Atlas's list shows that this request made nothing."
    if (intent.attemptSequence !== null) {
      await audit.complete(intent.attemptSequence, {
        outcome: "failed",
        answerCode: null,
        after: null,
        detail: { why: detail },
      })
    }
    const problem = toProblem(new AppError("outcome_unknown", { detail }), "")
    await intents.settle(intent, { state: "not-created", problem })
    this.#held.delete(toKey(intent))
    this.#open.show(intent, "not-created")
  }

  /** Another process settled it, or does so. */
  async #showEnd(of: { projectId: string; key: string }): Promise<void> {
    const intent = await this.#options.intents.find(of)
    if (intent?.state === "not-created") this.#open.show(intent, "not-created")
    else if (intent?.state !== "unknown") this.#open.drop(of)
  }
}

/** No id of a project has a blank. */
function toKey({ projectId, key }: { projectId: string; key: string }): string {
  return `${projectId} ${key}`
}
