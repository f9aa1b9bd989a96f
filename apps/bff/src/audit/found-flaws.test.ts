import { apiUrls } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterEach, beforeEach, expect, test } from "vitest"
import { olivia, readRows, signIn } from "#test/support/audit-log.ts"
import { dropTriggers } from "#test/support/log-tampering.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const verify = async () => (await desk.call("GET", apiUrls.verifyAudit({}))).json()

test("a flaw that Verify integrity finds in old rows is recorded, logged and counted, and stays when the row is put back", async () => {
  const { audit, checkpoints, store } = desk.services
  await audit.record(signIn)
  // The first two verify the whole log, later ones what was added since.
  for (let minute = 0; minute < 3; minute += 1) await checkpoints.emit()
  await dropTriggers(store)
  const setActor = (name: string | undefined) =>
    sql`update event set actor_name = ${name} where number = 1`.execute(store.db)
  await setActor("Mallory")
  await checkpoints.emit()
  expect(checkpoints.openFlaws).toBe(0)

  expect(await verify()).toMatchObject({
    verdict: "flawed",
    flaws: [{ sequence: 1, kind: "changed", recordedAt: 3 }],
  })
  expect((await readRows(store)).at(-1)).toMatchObject({ sequence: 3, action: "audit-flaw-found" })
  expect(checkpoints.openFlaws).toBe(1)
  expect(desk.logs.join("")).toContain("The audit log does not verify")

  await setActor(olivia.name)
  expect(await verify()).toMatchObject({ verdict: "flawed" })
})
