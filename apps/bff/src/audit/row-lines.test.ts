import { apiUrls } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { createLogger } from "#base/logger.ts"
import { useDatabases } from "#test/support/database.ts"
import { fillAuditLog, readRows, signIn } from "#test/support/audit-log.ts"
import { startTestApp } from "#test/support/test-app.ts"
import { AuditLog } from "./audit-log.ts"
import { createRowLines, toGaplessLog } from "./row-lines.ts"

const createDatabase = useDatabases("sqlite")

test("createRowLines writes each row as one JSON line at any level, and none that was rolled back", async () => {
  const lines: string[] = []
  const database = await createDatabase()
  const store = await database.open()
  const logger = createLogger("error", { write: (line) => lines.push(line) })
  const onRow = createRowLines(toGaplessLog(logger))
  const audit = new AuditLog({ store, clock: database.clock, secrets: ["a"], onRow })
  await fillAuditLog(audit, 2)
  const failing = audit.recordChange(signIn, () => Promise.reject(new Error("no room")))
  await expect(failing).rejects.toThrow("no room")
  await audit.recordChange(signIn, () => Promise.resolve(false))
  const rows = await readRows(store)
  expect(rows).toHaveLength(8)
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    rows.map((auditRow) => ({
      level: 30,
      time: expect.any(Number) as number,
      pid: process.pid,
      hostname: expect.any(String) as string,
      auditRow,
      msg: "audit row",
    })),
  )
  expect(lines.every((line) => line.endsWith("\n") && line.trimEnd().split("\n").length === 1)).toBe(true)
})

test.each([
  ["on", {}, 1],
  ["off", { AUDIT_TO_STDOUT: "off" }, 0],
])("the server writes audit rows to its log while AUDIT_TO_STDOUT is %s", async (_, environment, count) => {
  const desk = await startTestApp({ environment })
  await desk.call("GET", apiUrls.session())
  const rows = desk.logs.filter((line) => line.includes('"auditRow":{"sequence":1,"at"'))
  expect(rows).toHaveLength(count)
  await desk.close()
})

test.each([
  ["on", {}, 1],
  ["off", { AUDIT_TO_STDOUT: "off" }, 0],
])(
  "LOG_LEVEL=error keeps signed ends in the log while AUDIT_TO_STDOUT is %s",
  async (_, environment, count) => {
    const desk = await startTestApp({ environment })
    desk.services.logger.level = "error"
    await desk.services.checkpoints.emit()
    expect(desk.logs.filter((line) => line.includes('"auditHead":"audit-head-2.'))).toHaveLength(count)
    await desk.close()
  },
)
