import { rmSync } from "node:fs"
import { verifyAudit } from "#bff/src/audit/audit-verify.ts"
import {
  countFlawErrors,
  openCopiedLogs,
  verifyLogOf,
  type CopiedLogs,
  type Place,
} from "#bff/test/support/copied-logs.ts"
import { drawTamperings, rowCount, tamper, type Tampering } from "#bff/test/support/log-tampering.ts"
import type { TestApp } from "#bff/test/support/test-app.ts"
import { apiUrls, type AuditVerification } from "@peering-desk/shared-schemas"
import type { Task } from "#tools/lab/area.ts"
import { none, shown, type Figure } from "#tools/lab/figure.ts"

const mutations = 1_000
/** Every 5th one is acknowledged by an administrator. */
const acknowledgedEvery = 5
const noteEvery = 100

/** How many mutations a server missed, by what it missed. */
interface Missed {
  atOnce: number
  afterTwoStarts: number
  onSecondProcess: number
  withoutRow: number
  withoutErrorLine: number
  acknowledgedLost: number
}

/** Changes copies of a log as somebody with the database alone can, half of them while a server runs. */
export async function tamperWithLogs({ random, note }: Task): Promise<Figure[]> {
  const seed = Math.floor(random() * 2 ** 31)
  const tamperings = drawTamperings(mutations, seed)
  const logs = await openCopiedLogs()
  const missed: Missed = {
    atOnce: 0,
    afterTwoStarts: 0,
    onSecondProcess: 0,
    withoutRow: 0,
    withoutErrorLine: 0,
    acknowledgedLost: 0,
  }
  let acknowledged = 0
  try {
    for (const [index, tampering] of tamperings.entries()) {
      const isRunning = index % 2 === 1
      const before = { ...missed }
      const isAcknowledged = index % acknowledgedEvery === 0
      await tryOne({ logs, tampering, missed, isRunning, isAcknowledged })
      if (isAcknowledged) acknowledged += 1
      for (const [what, count] of Object.entries(missed))
        if (count > before[what as keyof Missed])
          note(
            `${what}: ${tampering.act} at row ${tampering.row}, end ${tampering.end}${isRunning ? ", running" : ""}`,
          )
      if (index % noteEvery === noteEvery - 1) note(`${index + 1} of ${mutations}`)
    }
  } finally {
    await logs.close()
  }
  return [
    shown("mutations while the server was stopped", mutations / 2),
    shown("mutations while it ran", mutations / 2),
    shown("mutations that were acknowledged", acknowledged),
    none("not found by the server that ran, or that started next", missed.atOnce),
    none("not found after two more starts", missed.afterTwoStarts),
    none("not found by a second process", missed.onSecondProcess),
    none("found without the right first row", missed.withoutRow),
    none("found at a start without an error line in the server's log", missed.withoutErrorLine),
    none("acknowledged, and not said for ever", missed.acknowledgedLost),
  ]
}

interface Try {
  logs: CopiedLogs
  tampering: Tampering
  missed: Missed
  /** True while a server runs over the log; it verifies the log a minute later. */
  isRunning: boolean
  isAcknowledged: boolean
}

async function tryOne({ logs, tampering, missed, isRunning, isAcknowledged }: Try): Promise<void> {
  const place = logs.copy()
  const running = isRunning ? await logs.start(place) : null
  await logs.change(place, (store) => tamper(store, tampering))
  await running?.services.checkpoints.emit()
  const first = running ?? (await logs.start(place))
  const found = await verifyLogOf(first)
  // A server goes on with the key that it opened; the next one that starts can't open it.
  const isSeenLater = isRunning && tampering.act === "seal" && tampering.end === "left"
  if (isSeenLater) {
    await first.close()
    return await expectLater({ logs, place, missed, expected: "flawed" })
  }
  if (found.verdict !== "flawed") missed.atOnce += 1
  else if (!namesRow(tampering, found)) missed.withoutRow += 1
  if (!isRunning && countFlawErrors(first) === 0) missed.withoutErrorLine += 1
  if (isAcknowledged && !(await acknowledge(first))) missed.acknowledgedLost += 1
  await first.close()
  await expectLater({ logs, place, missed, expected: isAcknowledged ? "verified-from" : "flawed" })
}

/** Starts two more servers over a log, and a second process beside the last one. */
async function expectLater({
  logs,
  place,
  missed,
  expected,
}: Pick<Try, "logs" | "missed"> & { place: Place; expected: AuditVerification["verdict"] }): Promise<void> {
  await (await logs.startAlone(place)).store.close()
  const later = await logs.start(place)
  const beside = await logs.startAlone(place)
  const again = await verifyLogOf(later)
  const second = await verifyAudit({ ...beside, clock: logs.first.clock }, [])
  const isAcknowledged = expected === "verified-from"
  if (again.verdict !== expected) missed[isAcknowledged ? "acknowledgedLost" : "afterTwoStarts"] += 1
  if (second.verdict !== expected) missed[isAcknowledged ? "acknowledgedLost" : "onSecondProcess"] += 1
  await beside.store.close()
  await later.close()
  rmSync(place.dataDirectory, { recursive: true })
}

/** Tells whether the verdict names the first row that does not prove, or says that a row before the named one may be it. */
function namesRow({ act, row, end }: Tampering, { firstFlaw }: AuditVerification): boolean {
  if (firstFlaw === null) return false
  if (firstFlaw.kind === "rewritten") return act === "rewrite" || end !== "left"
  // A key or an end that is gone says nothing about one row. A server that runs wrote its start, too.
  const isOfRow = ["cut", "rewrite", "change", "take out"].includes(act) && end !== "left"
  return firstFlaw.sequence <= (isOfRow ? row + 1 : rowCount + 2)
}

/** An administrator acknowledges every open flaw, with a reason. */
async function acknowledge(desk: TestApp): Promise<boolean> {
  const { flaws } = await verifyLogOf(desk)
  const open = flaws.filter((flaw) => flaw.acknowledged === null).map(({ sequence }) => sequence)
  const body = { flaws: open, reason: "Restored from the copy of the day before" }
  const { status } = await desk.call("POST", apiUrls.acknowledgeFlaws(), { body })
  return status === 200 && (await verifyLogOf(desk)).verdict === "verified-from"
}
