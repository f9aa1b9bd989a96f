import { once } from "node:events"
import { request as sendHttp, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { parseAccessRules } from "#sign-in/access-rules.ts"
import { olivia } from "#test/support/audit-log.ts"
import { startTestApp, testingAccessRules, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
let cookie: string
beforeEach(async () => {
  desk = await startTestApp()
  cookie = await desk.signIn("sam")
  const { audit, store } = desk.services
  await audit.record({
    action: "sign-in",
    actor: olivia,
    address: null,
    detail: { session: "x".repeat(900) },
  })
  const row = await store.db
    .selectFrom("event")
    .selectAll()
    .orderBy("number", "desc")
    .executeTakeFirstOrThrow()
  // More than the buffers between a server and a reader that doesn't read.
  for (let rows = 0; rows < 10_000; rows += 500) {
    const more = Array.from({ length: 500 }, (_, index) => ({
      ...row,
      number: row.number + 1 + rows + index,
    }))
    await store.db.insertInto("event").values(more).execute()
  }
})
afterEach(() => desk.close())

async function beginExport(): Promise<IncomingMessage> {
  const request = sendHttp(`${desk.origin}${apiUrls.exportAudit({ format: "csv" })}`, { headers: { cookie } })
  request.end()
  const [response] = (await once(request, "response")) as [IncomingMessage]
  expect(response.statusCode).toBe(200)
  return response
}

test("an export of the audit log arrives whole while its reader stays an auditor", async () => {
  const response = await beginExport()
  desk.services.ruleBook.replace(parseAccessRules(JSON.stringify(testingAccessRules)))
  expect((await text(response)).trimEnd().split("\n").length).toBeGreaterThan(10_000)
  expect(response.complete).toBe(true)
})

test.each([
  ["signs out", async () => void (await desk.call("POST", apiUrls.signOut(), { headers: { cookie } }))],
  [
    "is no auditor any more",
    () => {
      const rules = testingAccessRules.rules.filter(({ role }) => role !== "auditor")
      desk.services.ruleBook.replace(parseAccessRules(JSON.stringify({ rules })))
      return Promise.resolve()
    },
  ],
])("an export of the audit log breaks off when its reader %s", async (_, lose) => {
  const response = await beginExport()
  await lose()
  await expect(text(response)).rejects.toThrow("aborted")
  expect(response.complete).toBe(false)
})
