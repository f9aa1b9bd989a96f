import { randomUUID } from "node:crypto"
import type { AuditAttempt } from "#audit/audit-events.ts"
import { sendOnce } from "./send-once.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { ChangeKind } from "./change-kind.ts"
import {
  markSent,
  settleAnswered,
  settleFailed,
  settleFound,
  type ChangeRecords,
  type WriteWith,
} from "./change-states.ts"
import type { StoredChange } from "./stored-change.ts"

export interface ChangesDeps extends ChangeRecords {
  clock: Clock
  logger: Logger
}

export interface ChangingDeps {
  changes: Pick<Changes, "run">
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

/** The others take a change for one that left its server after longer. In milliseconds. */
const leavesWithinMs = 10_000

/** Sends changes to Atlas, each once. Its audit row is on the disk before anything leaves, and its outcome follows, also from another process. */
export class Changes {
  readonly #deps: ChangesDeps
  readonly #sending = new Set<string>()

  constructor(deps: ChangesDeps) {
    this.#deps = deps
  }

  /** Returns true while this process waits for Atlas's answer to a change. */
  isSending({ id }: Pick<StoredChange, "id">): boolean {
    return this.#sending.has(id)
  }

  async find(id: string): Promise<StoredChange | null> {
    return await this.#deps.changeRows.find(id)
  }

  /**
   * Sends a change.
   * @throws AppError why it was not done; `outcome_unknown` when it may have been done and can't be seen yet
   */
  async run<Plan, Result>(
    kind: ChangeKind<Plan, Result>,
    { id = randomUUID(), subject, plan, request = plan, writeWith, ...by }: ChangeToSend<Plan>,
  ): Promise<Result> {
    const { clock } = this.#deps
    const { projectId, before } = by
    let markedAt = clock.elapsed()
    this.#sending.add(id)
    try {
      const change = await markSent(
        this.#deps,
        { id, kind: kind.action, projectId, subject, plan, before },
        { ...by, action: kind.action, request },
        async (transaction) => {
          markedAt = clock.elapsed()
          await writeWith?.(transaction)
        },
      )
      return await this.#send(kind, { ...change, plan }, clock.elapsed() - markedAt < leavesWithinMs)
    } finally {
      this.#sending.delete(id)
    }
  }

  async #send<Plan, Result>(
    kind: ChangeKind<Plan, Result>,
    change: StoredChange<Plan>,
    isInTime: boolean,
  ): Promise<Result> {
    const { action } = kind
    const { projectId } = change
    const { value } = await sendOnce(this.#deps, {
      about: { action, projectId },
      async send() {
        if (isInTime) return await kind.send(change)
        throw new AppError("atlas_unreachable", {
          detail: "The server paused before it could send this, so it sent nothing.",
        })
      },
      settleDone: async ({ value: changed, answerCode }) => {
        await this.#write(change, () =>
          settleAnswered(this.#deps, change, { answerCode, after: kind.toAfter(changed) }),
        )
      },
      settleFailed: async (failure) => {
        await this.#write(change, () => settleFailed(this.#deps, change, failure))
        return null
      },
      async lookUp() {
        const finding = await kind.findOut(change)
        return finding?.is === "done" ? { value: finding.result, answerCode: null } : null
      },
      settleFound: async (found) => {
        await this.#write(change, async () => {
          // Another change may have done it. Which of them did is told once the other one has an outcome.
          if (kind.isDoneByOthers !== true && (await this.#deps.changeRows.hasRival(change))) return
          await settleFound(this.#deps, change, kind.toAfter(found.value))
        })
        return found
      },
    })
    return value
  }

  /** Atlas did what it did even if we can't write it down. The leader then looks the change up. */
  async #write({ kind, projectId }: StoredChange, write: () => Promise<unknown>): Promise<void> {
    await write().catch((error: unknown) => {
      this.#deps.logger.error(
        { err: error, action: kind, projectId },
        "The outcome of a change can't be written",
      )
    })
  }
}
