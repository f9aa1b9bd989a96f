import { apiUrls, AuditPage, type AuditAction, type AuditRow } from "@peering-desk/shared-schemas"
import type { TestApp } from "./test-app.ts"
import type { Answer } from "./http.ts"

export const reason = "Orders move to Atlas"

/** Returns the audit rows of one action, oldest first. */
export async function listAuditRows(desk: TestApp, action: AuditAction): Promise<AuditRow[]> {
  const answer = await desk.call("GET", apiUrls.audit({ action }))
  return AuditPage.parse(answer.json()).rows.toReversed()
}

/** Summarises rows as `attempt`, or the outcome with Atlas's answer, e.g. `done 201`. */
export const summariseRows = (rows: readonly AuditRow[]) =>
  rows.map(({ kind, outcome, answerCode }) =>
    kind === "attempt" ? kind : `${outcome}${answerCode === null ? "" : ` ${answerCode}`}`,
  )

/** Advances the clock through the lookups after a lost answer. Another process beside the desk may pause for as long, so it looks again. */
export async function passLookUps({ clock }: TestApp, answer: Promise<Answer>): Promise<Answer> {
  const answered = answer.then(() => null)
  const untilPause = async (delayMs: number) => {
    await clock.untilWaiting(delayMs)
    return delayMs
  }
  for (;;) {
    const pauseMs = await Promise.race([answered, untilPause(1_000), untilPause(3_000)])
    if (pauseMs === null) return await answer
    clock.advance(pauseMs)
  }
}

/** Lets Atlas remove a deleted peering, and the desk look again. */
export async function passRemoval(desk: TestApp): Promise<void> {
  await desk.clock.untilWaiting(2_000)
  desk.simulator.advance(60)
  desk.clock.advance(2_000)
}
