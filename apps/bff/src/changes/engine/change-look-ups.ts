import { isDeepStrictEqual } from "node:util"
import { ignoring } from "#base/app-error.ts"
import { repeat, waitAtMost } from "#base/clock.ts"
import { createLimiter } from "#base/limiter.ts"
import { step } from "#store/step.ts"
import { noAbsence, storeAbsence, type Absence } from "./absence.ts"
import { toDone, type ChangeKind, type Finding } from "./change-kind.ts"
import type { ChangesDeps } from "./change-states.ts"
import { Changes } from "./changes.ts"
import { toRequester } from "./plan-hash.ts"
import { markUnknown, settleFound, settleGuess } from "./settle-change.ts"
import { isHeld, type OpenChange, type StoredChange } from "./stored-change.ts"

interface LookUpDeps extends ChangesDeps {
  changes: Changes
  kinds: readonly ChangeKind[]
  /** Null when no other server shares the database. */
  sharing: { leads: boolean } | null
}

/** An open change that this process looks up. Times are the clock's `elapsed`. */
interface Tracked {
  change: OpenChange
  since: number
  /** What leaders have counted until `countedAt`; null while its outcome is not unknown. */
  absence: Absence | null
  countedAt: number
  looking: Promise<void> | null
}

/** Builds what sends changes to Atlas, and what finds the outcome of those whose answer was lost. */
export function createChanges(deps: Omit<LookUpDeps, "changes">) {
  const changes = new Changes(deps)
  return { changes, changeLookUps: new ChangeLookUps({ ...deps, changes }) }
}

/**
 * Finds the outcome of changes whose answer or whose server was lost: asks Atlas until the outcome is known, and sends none twice. An
 * approved one that was not sent yet is sent. Among several processes the leader does. What proves that nothing was changed is counted by
 * its monotonic clock and stored at each look, so the next leader counts on.
 */
class ChangeLookUps {
  readonly #deps: LookUpDeps
  readonly #kinds: ReadonlyMap<string, ChangeKind>
  readonly #tracked = new Map<string, Tracked>()
  readonly #settling = createLimiter(2)
  #stopRepeating = () => {}

  constructor(deps: LookUpDeps) {
    this.#deps = deps
    this.#kinds = new Map(deps.kinds.map((kind) => [kind.action, kind]))
  }

  /** Looks now and regularly until `stop`. */
  start(): void {
    const { clock, timing } = this.#deps
    this.#stopRepeating = repeat(clock, timing.lookEveryMs, () => this.#lookIfLeading(), { begin: "now" })
  }

  stop(): void {
    this.#stopRepeating()
    this.#tracked.clear()
  }

  async #lookIfLeading(): Promise<void> {
    const { logger, sharing } = this.#deps
    try {
      if (sharing?.leads ?? true) await this.#look()
      else this.#tracked.clear()
    } catch (error) {
      logger.error({ err: error }, "Could not look up open changes")
    }
  }

  async #look(): Promise<void> {
    const open = await this.#deps.changeRows.listOpen()
    this.#track(open)
    const orphaned = [...this.#tracked.values()].flatMap((tracked) =>
      this.#isOrphaned(tracked) ? tracked.change : [],
    )
    for (const change of orphaned) if (isApproved(change)) void this.#send(change)
    const marked = await markUnknown(
      this.#deps,
      orphaned.filter((change) => !isApproved(change)),
    )
    for (const { id, state } of marked) {
      if (state === "unknown") this.#noteUnknown(id)
      else this.#tracked.delete(id)
    }
    await this.#storeAbsences()
    const looks = [...this.#tracked.values()].filter(({ absence }) => absence !== null)
    await waitAtMost(
      this.#deps.clock,
      this.#deps.timing.slowAfterMs,
      looks.map((tracked) => this.#lookAt(tracked)),
    )
  }

  #track(open: readonly OpenChange[]): void {
    const ids = new Set(open.map(({ id }) => id))
    for (const id of this.#tracked.keys()) if (!ids.has(id)) this.#tracked.delete(id)
    for (const change of open) {
      const tracked = this.#tracked.get(change.id)
      // It may have been sent again.
      if (tracked?.change.attemptSequence !== change.attemptSequence || tracked === undefined) {
        const since = this.#deps.clock.elapsed()
        this.#tracked.set(change.id, { change, since, absence: null, countedAt: since, looking: null })
      } else {
        // Its sender was still at it.
        if (tracked.change.updatedAt !== change.updatedAt) tracked.since = this.#deps.clock.elapsed()
        // Another leader counted meanwhile, perhaps the same time.
        if (!isDeepStrictEqual(tracked.change.absence, change.absence)) tracked.absence = null
        tracked.change = change
      }
      if (change.state === "unknown") this.#noteUnknown(change.id)
    }
  }

  #noteUnknown(id: string): void {
    const tracked = this.#tracked.get(id)
    if (tracked === undefined || tracked.absence !== null) return
    tracked.absence = { ...(tracked.change.absence ?? noAbsence) }
    tracked.countedAt = this.#deps.clock.elapsed()
  }

  /** Counts the time until now. */
  #count(tracked: Tracked): Absence | null {
    const now = this.#deps.clock.elapsed()
    if (tracked.absence !== null) tracked.absence.ms += now - tracked.countedAt
    tracked.countedAt = now
    return tracked.absence
  }

  /** Stores what was counted, for the next leader. What can't be stored now is stored at the next look. */
  async #storeAbsences(): Promise<void> {
    const { logger, store } = this.#deps
    const counted = [...this.#tracked.values()].flatMap((tracked) => {
      const absence = this.#count(tracked)
      return absence !== null && absence.ms > 0 ? { tracked, absence: { ...absence } } : []
    })
    if (counted.length === 0) return
    try {
      const stored = await step(store, async ({ transaction }) => {
        const taken: typeof counted = []
        for (const one of counted)
          if (await storeAbsence(transaction, one.tracked.change, one.absence)) taken.push(one)
        return taken
      })
      for (const { tracked, absence } of stored) tracked.change = { ...tracked.change, absence }
    } catch (error) {
      logger.warn({ err: error }, "Could not store how long the outcomes of changes have been unknown")
    }
  }

  /** Returns true if no process waits for Atlas's answer any more. */
  #isOrphaned({ change, since }: Tracked): boolean {
    const { changes, clock, sharing } = this.#deps
    if (change.state === "unknown" || changes.isWorkingOn(change)) return false
    return (
      sharing === null ||
      change.isProcessGone ||
      clock.elapsed() - since >= this.#deps.timing.longestSendingMs
    )
  }

  /** Sends an approved change whose sender ended before it did. */
  async #send(change: StoredChange): Promise<void> {
    const kind = this.#kinds.get(change.kind)
    if (kind === undefined || !isHeld(change)) return
    try {
      await this.#deps.changes.carryOut(kind, change, toRequester(change))
    } catch (error) {
      this.#deps.logger.warn({ err: error, approval: change.id }, "An approved change was not carried out")
    }
  }

  async #lookAt(tracked: Tracked): Promise<void> {
    const { change } = tracked
    tracked.looking ??= this.#lookOnce(tracked)
      .catch((error: unknown) => {
        const { kind: action, projectId } = change
        this.#deps.logger.error({ err: error, action, projectId }, "Could not look up an open change")
      })
      .finally(() => {
        tracked.looking = null
      })
    await tracked.looking
  }

  async #lookOnce(tracked: Tracked): Promise<void> {
    const { change } = tracked
    const kind = this.#kinds.get(change.kind)
    if (kind === undefined) return
    // Atlas, or the way to it, may fail at present.
    const finding = await kind.findOut(change).catch(ignoring())
    if (finding === null) return
    if (tracked.absence !== null && finding.is !== "done") {
      tracked.absence.looks += 1
      tracked.absence.isMixed ||= finding.is === "neither"
    }
    await this.#settling(() => this.#settle(tracked, kind, finding))
  }

  async #settle(tracked: Tracked, kind: ChangeKind, finding: Finding<unknown>): Promise<void> {
    const { change } = tracked
    const { changeRows, timing } = this.#deps
    const absence = this.#count(tracked)
    // Atlas would show by now what it did.
    const isOldEnough = absence !== null && absence.ms >= timing.certainAfterMs
    const isByOneOnly = kind.isDoneByOthers !== true
    if (finding.is === "done") {
      const hasRival = isByOneOnly && (await changeRows.hasRival(change))
      if (!hasRival)
        await this.#end(change, settleFound(this.#deps, change, toDone(kind, change, finding.result)))
      else if (isOldEnough) await this.#end(change, settleGuess(this.#deps, change, "unclear"))
    } else if (isOldEnough && absence.looks >= timing.certainAfterLooks) {
      const provesNothing = absence.isMixed || (isByOneOnly && (await changeRows.mayBeTakenBack(change)))
      await this.#end(change, settleGuess(this.#deps, change, provesNothing ? "unclear" : "failed"))
    }
  }

  async #end(change: StoredChange, settling: Promise<boolean>): Promise<void> {
    if (await settling) this.#tracked.delete(change.id)
  }
}

function isApproved(change: StoredChange): boolean {
  return change.state === "ready" && isHeld(change)
}
