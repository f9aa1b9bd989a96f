import { AppError } from "#base/app-error.ts"
import type { StoredChange } from "#changes/engine/stored-change.ts"
import { toCreateId } from "#creates/create-kind.ts"
import { toProblem } from "#http/problem-writer.ts"
import type { ApprovalDeps } from "./approval-deps.ts"
import type { StoredApproval } from "./stored-approval.ts"
import { sendApproved, settleDone, settleFailed } from "./send-approved.ts"

/** An approved request that no process touched for this long was left behind by a crash. */
const orphanedAfterMs = 20_000
const openEveryMs = 5_000
const idleEveryMs = 30_000

export interface SenderOptions {
  /** No other process can have sent anything since this time (milliseconds since 1970); null when several share the store. */
  aloneSince: number | null
}

/** Sends approved requests, and goes on with the ones that a process left behind. */
export class ApprovedSender {
  readonly #deps: ApprovalDeps
  readonly #aloneSince: number
  /** Requests that this process is sending. */
  readonly #sending = new Set<string>()
  /** Number of requests whose outcome was not known last. */
  #open = 0
  #cancelTick: (() => void) | null = null
  #isRunning = false

  constructor(deps: ApprovalDeps, { aloneSince }: SenderOptions) {
    this.#deps = deps
    this.#aloneSince = aloneSince ?? 0
  }

  /** Goes on with what was left behind, now and regularly until `stop`. */
  start(): void {
    this.#isRunning = true
    this.#open = 1
    void this.#tick()
  }

  stop(): void {
    this.#isRunning = false
    this.#cancelTick?.()
    this.#cancelTick = null
  }

  /** Sends a request that was just approved. Its outcome is stored; the rest is resumed later. */
  async send(approval: StoredApproval): Promise<void> {
    if (this.#sending.has(approval.id)) return
    this.#sending.add(approval.id)
    try {
      if (!(await sendApproved(this.#deps, approval))) this.#tickSoon()
    } catch (error) {
      this.#deps.logger.error(
        { err: error, approval: approval.id },
        "the outcome of an approved request can't be written",
      )
      this.#tickSoon()
    } finally {
      this.#sending.delete(approval.id)
    }
  }

  /** Goes on with every approved request that has no outcome. */
  async resumeAll(): Promise<void> {
    const open = await this.#deps.approvalRows.listOpen()
    this.#open = open.length
    // One of them may wait for minutes until Atlas has removed a connection.
    await Promise.all(open.map((approval) => this.#resume(approval)))
  }

  #tickSoon(): void {
    this.#open += 1
    this.#schedule()
  }

  #schedule(): void {
    this.#cancelTick?.()
    if (!this.#isRunning) return
    const everyMs = this.#open > 0 ? openEveryMs : idleEveryMs
    this.#cancelTick = this.#deps.clock.after(everyMs, () => void this.#tick())
  }

  async #tick(): Promise<void> {
    // Without a policy, and with nothing open, the store is left alone.
    if (this.#open > 0 || this.#deps.approvalPolicy.read() !== null)
      await this.resumeAll().catch((error: unknown) => {
        this.#deps.logger.error({ err: error }, "approved requests can't be resumed")
      })
    this.#schedule()
  }

  async #resume(approval: StoredApproval): Promise<void> {
    if (this.#sending.has(approval.id)) return
    if (approval.state === "sending") {
      await this.#followChange(approval)
    } else if (!("request" in approval.plan)) {
      if (this.#isUntouched(approval, orphanedAfterMs)) await this.send(approval)
    } else await this.#resumeCreate(approval)
  }

  /** A create is the change with its key. */
  async #resumeCreate(approval: StoredApproval): Promise<void> {
    const change = await this.#deps.changes.find(toCreateId(approval))
    if (change === null) {
      if (this.#isUntouched(approval, orphanedAfterMs)) await this.send(approval)
    } else if (change.state === "done") await settleDone(this.#deps, approval, change.peeringId ?? "")
    else if (change.state === "refused" || change.state === "failed") {
      const wasLeft = change.problem?.code === "outcome_unknown" && change.attemptSequence === null
      // The request never left this server.
      if (wasLeft) await this.send(approval)
      else await this.#fail(approval, change)
    }
  }

  /** A change or deletion that left is never sent again. Its outcome is looked up elsewhere. */
  async #followChange(approval: StoredApproval): Promise<void> {
    const change = await this.#deps.changes.find(approval.id)
    switch (change?.state) {
      case "sent":
      case "unknown":
        return
      case "done":
        return await settleDone(this.#deps, approval, approval.peeringId)
      default:
        await this.#fail(approval, change)
    }
  }

  async #fail(approval: StoredApproval, change: StoredChange | null): Promise<void> {
    const problem = change?.problem ?? toProblem(new AppError("outcome_unknown"), "")
    await settleFailed(this.#deps, approval, problem)
  }

  #isUntouched({ updatedAt }: StoredApproval, forMs: number): boolean {
    return updatedAt < this.#aloneSince || this.#deps.clock.now() - updatedAt >= forMs
  }
}
