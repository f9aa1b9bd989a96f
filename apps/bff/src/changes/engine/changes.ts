import { randomUUID } from "node:crypto"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toDone, type ChangeKind } from "./change-kind.ts"
import {
  abandon,
  claim,
  claimAgain,
  claimSent,
  hold,
  markSent,
  toStillRunning,
  type ChangeRecords,
  type WriteWith,
} from "./change-states.ts"
import type { LookUpTiming } from "./look-up-timing.ts"
import { sendOnce } from "./send-once.ts"
import { settleAnswered, settleFailed, settleFound, type HowFound } from "./settle-change.ts"
import { isShown, type NewChange, type StoredChange } from "./stored-change.ts"

export interface ChangesDeps extends ChangeRecords {
  /** Shows what was stored. */
  show: () => Promise<void>
  timing: LookUpTiming
  clock: Clock
  /** This machine's clock, where a demo simulates the other one. */
  realClock: Clock
  logger: Logger
}

export interface ChangingDeps {
  changes: Changes
}

/** A change and who wants it. */
export interface ChangeToSend<Plan> extends Omit<AuditAttempt, "action" | "request"> {
  /** Left out for one that nobody else names. */
  id?: string
  /** The thing that it changes, unique in its project and kind. */
  subject: string
  plan: Plan
  /** The body for the audit log, where it differs from the plan. */
  request?: unknown
  /** Writes more in the transaction that allows the request to leave. */
  writeWith?: WriteWith
}

/** A change whose request may leave. */
export interface SentChange<Plan = unknown> extends StoredChange<Plan> {
  /** When it became so, on the real clock's `elapsed`. */
  sentAt: number
}

/** The others take a change for one that left its server after longer. In milliseconds. */
const leavesWithinMs = 10_000

/** Sends changes to Atlas, each once. Its audit row is on the disk before anything leaves, and its outcome follows, also from another process. */
export class Changes {
  readonly #deps: ChangesDeps
  readonly #working = new Map<string, number>()

  constructor(deps: ChangesDeps) {
    this.#deps = deps
  }

  get timing(): LookUpTiming {
    return this.#deps.timing
  }

  /** Returns true while this process works on a change: it waits for Atlas's answer, or for what comes first. */
  isWorkingOn({ id }: Pick<StoredChange, "id">): boolean {
    return this.#working.has(id)
  }

  async find(id: string): Promise<StoredChange | null> {
    return await this.#deps.changeRows.find(id)
  }

  /**
   * Sends a change.
   * @throws AppError why it was not done; `outcome_unknown` when it may have been done and can't be seen yet; `still_running` when its id
   * is taken
   */
  async run<Plan, Result>(kind: ChangeKind<Plan, Result>, toSend: ChangeToSend<Plan>): Promise<Result> {
    const id = toSend.id ?? randomUUID()
    return await this.work(id, async () => {
      const sent = await this.claimSent(kind, { ...toSend, id })
      if (sent === null) throw toStillRunning()
      return await this.send(kind, sent)
    })
  }

  /** Keeps a change from being given up while this process works on it. */
  async work<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.#working.set(id, (this.#working.get(id) ?? 0) + 1)
    try {
      return await work()
    } finally {
      const left = (this.#working.get(id) ?? 0) - 1
      if (left > 0) this.#working.set(id, left)
      else this.#working.delete(id)
    }
  }

  /** Takes an id for a change before which something else is done. Returns null when it is taken. */
  async claim<Plan>(
    kind: Pick<ChangeKind<Plan>, "action">,
    change: Omit<NewChange<Plan>, "kind">,
  ): Promise<StoredChange<Plan> | null> {
    const claimed = await claim(this.#deps, { ...change, kind: kind.action })
    await this.#show(claimed)
    return claimed && { ...claimed, plan: change.plan }
  }

  /** Takes an id for a change and allows its request to leave. Returns null when it is taken. */
  async claimSent<Plan>(
    kind: Pick<ChangeKind<Plan>, "action">,
    { id = randomUUID(), subject, plan, request = plan, writeWith, ...by }: ChangeToSend<Plan>,
  ): Promise<SentChange<Plan> | null> {
    const { action } = kind
    const { projectId, before } = by
    let sentAt = this.#deps.realClock.elapsed()
    const sent = await claimSent(
      this.#deps,
      { id, kind: action, projectId, subject, plan, before },
      { ...by, action, request },
      async (transaction) => {
        sentAt = this.#deps.realClock.elapsed()
        await writeWith?.(transaction)
      },
    )
    return sent && { ...sent, plan, sentAt }
  }

  /** Allows the request of a claimed change to leave. @throws AppError `still_running` */
  async markSent<Plan>(claimed: StoredChange<Plan>, attempt: AuditAttempt): Promise<SentChange<Plan>> {
    const sentAt = this.#deps.realClock.elapsed()
    const sent = await markSent(this.#deps, claimed, attempt)
    await this.#show(sent)
    return { ...sent, plan: claimed.plan, sentAt }
  }

  /** Keeps a claimed change, whose plan may be known better by now. @throws AppError `still_running` */
  async hold<Plan>(claimed: StoredChange<Plan>, plan = claimed.plan): Promise<StoredChange<Plan>> {
    return { ...(await hold(this.#deps, claimed, { plan })), plan }
  }

  /** Gives a claimed change up. If this can't be written, the leader does it later. */
  async abandon(claimed: StoredChange, why: AppError): Promise<void> {
    await this.#write(claimed, () => abandon(this.#deps, claimed, why))
  }

  /** Claims a change again that changed nothing. @throws AppError `still_running` */
  async claimAgain<Plan>(change: StoredChange<Plan>): Promise<StoredChange<Plan>> {
    const claimed = await claimAgain(this.#deps, change)
    await this.#show(claimed)
    return { ...claimed, plan: change.plan }
  }

  /**
   * Sends the request of a change that may leave.
   * @param explain returns the result that a refusal proves, as when an earlier request reached Atlas late
   * @throws AppError as `run` does
   */
  async send<Plan, Result>(
    kind: ChangeKind<Plan, Result>,
    change: SentChange<Plan>,
    explain: (refusal: AppError) => Promise<Result | null> = () => Promise.resolve(null),
  ): Promise<Result> {
    const { realClock } = this.#deps
    const { action } = kind
    const { projectId, sentAt } = change
    const { value } = await sendOnce(this.#deps, {
      about: { action, projectId },
      async send() {
        if (realClock.elapsed() - sentAt < leavesWithinMs) return await kind.send(change)
        throw new AppError("atlas_unreachable", {
          detail: "The server paused before it could send this, so it sent nothing.",
        })
      },
      settleDone: async ({ value: result, answerCode }) => {
        await this.#write(change, () =>
          settleAnswered(this.#deps, change, { answerCode, ...toDone(kind, change, result) }),
        )
      },
      settleFailed: async (failure) => {
        const there = await explain(failure)
        if (there !== null) return { value: there, answerCode: null }
        await this.#write(change, () => settleFailed(this.#deps, change, failure))
        return null
      },
      async lookUp() {
        const finding = await kind.findOut(change)
        return finding?.is === "done" ? { value: finding.result, answerCode: null } : null
      },
      settleFound: async (found) => {
        await this.#write(change, async () => {
          // Another change may have done it. The leader decides once that one has an outcome.
          if (kind.isDoneByOthers !== true && (await this.#deps.changeRows.hasRival(change))) return
          await settleFound(this.#deps, change, toDone(kind, change, found.value))
        })
        return found
      },
      delaysMs: this.timing.lookUpDelaysMs,
    })
    return value
  }

  /** Settles a change as done, which Atlas shows. Returns false when another change did it, or it is settled. */
  async settleFound<Plan, Result>(
    kind: ChangeKind<Plan, Result>,
    change: StoredChange<Plan>,
    result: Result,
    how?: HowFound,
  ): Promise<boolean> {
    const isSettled = await settleFound(this.#deps, change, toDone(kind, change, result), how)
    await this.#show(change)
    return isSettled
  }

  /** Atlas did what it did even if we can't write it down. The leader then looks the change up. */
  async #write(change: StoredChange, write: () => Promise<unknown>): Promise<void> {
    const { kind, projectId } = change
    await write().catch((error: unknown) => {
      this.#deps.logger.error(
        { err: error, action: kind, projectId },
        "The outcome of a change can't be written",
      )
    })
    await this.#show(change)
  }

  async #show(change: StoredChange | null): Promise<void> {
    if (change !== null && isShown(change)) await this.#deps.show()
  }
}
