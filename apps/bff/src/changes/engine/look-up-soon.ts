import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { ChangeKind } from "./change-kind.ts"
import type { LookUpTiming } from "./look-up-timing.ts"
import type { StoredChange } from "./stored-change.ts"

/** Looks a change up a few times, while a person waits. Returns null if no look finds it done; one that fails finds nothing. */
export async function lookUpSoon<Plan, Result, Before>(
  { clock, logger, timing }: { clock: Clock; logger: Logger; timing: LookUpTiming },
  kind: ChangeKind<Plan, Result, Before>,
  change: StoredChange<Plan, Before>,
): Promise<{ result: Result } | null> {
  for (const delayMs of timing.lookUpDelaysMs) {
    await new Promise<void>((resolve) => clock.after(delayMs, resolve))
    const finding = await kind.findOut(change).catch((error: unknown) => {
      logger.debug({ err: error }, "a change whose answer was lost can't be looked up")
      return null
    })
    if (finding?.is === "done") return finding
  }
  return null
}
