import { AppError, toAppError } from "#base/app-error.ts"
import { repeat } from "#base/clock.ts"
import { toUserKey } from "#store/session-store.ts"
import {
  toAttempt,
  toDone,
  toRefusal,
  type ChangeKind,
  type Explain,
  type Sender,
  type SentChange,
} from "./change-kind.ts"
import * as states from "./change-states.ts"
import { readApproved } from "./plan-hash.ts"
import { settleAnswered, settleFailed, settleFound } from "./settle-change.ts"
import { isHeld, toChangeId, type NewChange, type StoredChange } from "./stored-change.ts"

export interface ChangingDeps {
  changes: Changes
}

/** The others take a change for one that left its server after longer. In milliseconds. */
const leavesWithinMs = 10_000

/** An outcome that could not be written is written again after this time. In milliseconds. */
const writeAgainAfterMs = 2_000

/** Sends changes to Atlas, each once. Its audit row is on the disk before anything leaves, and its outcome follows, also from another process. */
export class Changes {
  readonly #deps: states.ChangesDeps
  readonly #working = new Map<string, number>()

  constructor(deps: states.ChangesDeps) {
    this.#deps = deps
  }

  /** Returns true while this process works on a change: it waits for Atlas's answer, or for what comes first. */
  isWorkingOn({ id }: Pick<StoredChange, "id">): boolean {
    return this.#working.has(id)
  }

  /**
   * Sends a change.
   * @throws AppError why it was not done; `outcome_unknown` when it may have been done and can't be seen yet; `change_open`
   */
  async run<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    thing: Pick<StoredChange<Plan>, "projectId" | "subject" | "plan">,
    by: Sender,
  ): Promise<Result> {
    const about = { ...thing, kind: kind.action }
    const change = { ...about, id: toChangeId(about), userKey: toUserKey(by.actor), held: null }
    return await this.work(kind, change, async () => {
      const before = await kind.readBefore({ ...thing, before: null })
      const sent = await this.claimSent(kind, { ...change, before }, by)
      if (sent === null) throw new Error("The id of a new change was used before")
      return await this.send(kind, sent)
    })
  }

  /**
   * Sends a claimed change, after what comes first. An approved one is checked again.
   * @throws AppError as `run`, and `still_running` when another process sends it
   */
  async carryOut<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    claimed: StoredChange<Plan, Before>,
    by: Sender,
    explain?: Explain<Plan, Result, Before>,
  ): Promise<Result> {
    return await this.work(kind, claimed, async () => {
      const sent = await this.#leave(kind, claimed, by)
      return await this.send(kind, sent, explain)
    })
  }

  /** Keeps a change from being given up while this process works on it, in its turn. */
  async work<T>(
    kind: Pick<ChangeKind, "inTurn" | "noteChanged">,
    { id, projectId }: Pick<StoredChange, "id" | "projectId">,
    work: () => Promise<T>,
  ): Promise<T> {
    this.#working.set(id, (this.#working.get(id) ?? 0) + 1)
    const inTurn = kind.inTurn?.(projectId) ?? (async (run: () => Promise<T>) => await run())
    try {
      return await inTurn(work)
    } finally {
      const left = (this.#working.get(id) ?? 0) - 1
      if (left > 0) this.#working.set(id, left)
      else this.#working.delete(id)
      kind.noteChanged?.(projectId)
    }
  }

  /** Takes the key of a create and allows its request to leave. Returns null when it is taken. */
  async claimSent<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    change: NewChange<Plan, Before>,
    by: Sender,
  ): Promise<SentChange<Plan, Before> | null> {
    let sentAt = this.#deps.realClock.elapsed()
    const attempt = toAttempt(kind, change, by)
    const noteTime = () => (sentAt = this.#deps.realClock.elapsed())
    const sent = await states.claimSent(this.#deps, change, attempt, noteTime)
    return sent && { ...sent, sentAt }
  }

  /** Gives a claimed change up. If this can't be written, the leader does it later. */
  async abandon(claimed: StoredChange, why: AppError): Promise<void> {
    await this.#write(claimed, () => states.abandon(this.#deps, claimed, why))
  }

  /** Sends the request of a change that may leave. @throws AppError as `run` does */
  async send<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    change: SentChange<Plan, Before>,
    explain?: Explain<Plan, Result, Before>,
  ): Promise<Result> {
    const { realClock, logger } = this.#deps
    let answer: Awaited<ReturnType<typeof kind.send>>
    try {
      if (realClock.elapsed() - change.sentAt >= leavesWithinMs)
        throw new AppError("atlas_unreachable", {
          detail: "The server paused before it could send this, so it sent nothing.",
        })
      answer = await kind.send(change)
    } catch (thrown) {
      const refusal = toRefusal(thrown)
      const there = (await explain?.(change, refusal)) ?? null
      if (there !== null) return there
      const failure = (await kind.explain?.(change, refusal)) ?? refusal
      await this.#write(change, () => settleFailed(this.#deps, change, failure))
      if (failure.code !== "outcome_unknown") throw failure
      const about = { err: failure, action: kind.action, projectId: change.projectId }
      logger.warn(about, "The answer to a change was lost")
      const found = await this.findSoon(kind, change)
      if (found === null) throw failure
      return found.result
    }
    const { value, answerCode } = answer
    await this.#write(change, () =>
      settleAnswered(this.#deps, change, { answerCode, ...toDone(kind, change, value) }),
    )
    return value
  }

  /** Looks a change up whose answer was lost, a few times while a person waits. Returns null if no look finds it done. */
  async findSoon<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    change: StoredChange<Plan, Before>,
  ): Promise<{ result: Result } | null> {
    const { changeRows, clock, logger, timing } = this.#deps
    for (const delayMs of timing.lookUpDelaysMs) {
      await new Promise<void>((resolve) => clock.after(delayMs, resolve))
      const finding = await kind.findOut(change).catch((error: unknown) => {
        logger.debug({ err: error }, "Could not look up a change whose answer was lost")
        return null
      })
      if (finding?.is !== "done") continue
      await this.#write(change, async () => {
        // Another change may have done it. The leader decides once that one has an outcome.
        if (kind.isDoneByOthers === true || !(await changeRows.hasRival(change)))
          await settleFound(this.#deps, change, toDone(kind, change, finding.result))
      })
      return finding
    }
    return null
  }

  /** Does what comes before the request of a claimed change, and allows it to leave. Gives the change up if that fails. */
  async #leave<Plan, Result, Before>(
    kind: ChangeKind<Plan, Result, Before>,
    claimed: StoredChange<Plan, Before>,
    by: Sender,
  ): Promise<SentChange<Plan, Before>> {
    let ready = claimed
    try {
      if (isHeld(claimed)) ready = { ...claimed, before: await readApproved(kind, claimed) }
      ready = (await kind.prepare?.(this, ready, by)) ?? ready
      const sentAt = this.#deps.realClock.elapsed()
      const sent = await states.markSent(this.#deps, ready, toAttempt(kind, ready, by))
      return { ...sent, sentAt }
    } catch (thrown) {
      const cause = toAppError(thrown, "internal_error")
      const failure = (await kind.explain?.(ready, cause)) ?? cause
      // An approved change is sent later if nothing could be read or written now, or another change comes first.
      const isSentLater = isHeld(claimed) && ["store_unavailable", "change_open"].includes(failure.code)
      if (failure.code !== "still_running" && !isSentLater) await this.abandon(claimed, failure)
      throw failure
    }
  }

  /** Atlas did what it did even if we can't write it down. Tries again until a look-up may have called the change failed. */
  async #write(change: StoredChange, write: () => Promise<unknown>): Promise<void> {
    const { changeRows, clock, logger, timing } = this.#deps
    const { id, kind, projectId, state } = change
    await write().catch((error: unknown) => {
      logger.error({ err: error, action: kind, projectId }, "Could not record the outcome of a change")
      const until = clock.elapsed() + timing.certainAfterMs
      const stop = repeat(clock, writeAgainAfterMs, async () => {
        const isOver = clock.elapsed() >= until
        // It may have been written although the database did not say so.
        if (!isOver && (await changeRows.find(id))?.state === state) await write()
        stop()
      })
    })
  }
}
