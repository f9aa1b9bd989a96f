import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, SessionInfo, SessionList } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
import { readRows } from "#test/support/audit-log.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const { payments } = seededIds
let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
afterAll(() => desk.close())

/** Signs nadia in from a new browser, and creates a token there. */
async function openSession() {
  const cookie = await desk.signIn("nadia")
  const answer = await desk.call("GET", apiUrls.session(), { headers: { cookie } })
  const { token, secret } = await createToken(desk, cookie, { projects: [payments] })
  return { cookie, id: SessionInfo.parse(answer.json()).sessionId, token, secret }
}

const use = async (secret: string) =>
  (await callByToken(desk, secret, "GET", apiUrls.presets(payments))).status
const end = (id: string, cookie?: string) =>
  desk.call("DELETE", apiUrls.oneSession(id), { headers: { cookie: cookie ?? desk.cookie } })

async function listCounts(): Promise<Map<string, number>> {
  const answer = await desk.call("GET", apiUrls.sessions({ everybody: "true" }))
  return new Map(SessionList.parse(answer.json()).sessions.map(({ id, tokens }) => [id, tokens]))
}

describe("the API tokens that were created in a session", () => {
  test("are revoked when an administrator ends it, and those of another session stay", async () => {
    const stolen = await openSession()
    const other = await openSession()
    expect([(await listCounts()).get(stolen.id), (await listCounts()).get(other.id)]).toEqual([1, 1])
    const stream = await desk.stream([payments], { cookie: "", authorization: `Bearer ${stolen.secret}` })
    await stream.next("snapshot")
    expect((await end(stolen.id)).status).toBe(204)
    await stream.ended
    expect([await use(stolen.secret), await use(other.secret)]).toEqual([401, 200])
    const [revoked, ...more] = (await readRows(desk.services.store)).filter(
      ({ action }) => action === "token-revoked",
    )
    expect(more).toEqual([])
    expect(revoked?.actor?.subject).toBe("olivia")
    expect(revoked?.detail).toEqual({
      token: stolen.token.id,
      name: stolen.token.name,
      owner: "Nadia Brandt",
      how: "with-session",
    })
  })

  test("are revoked when their owner ends it from another browser", async () => {
    const lost = await openSession()
    const own = await openSession()
    expect((await end(lost.id, own.cookie)).status).toBe(204)
    expect([await use(lost.secret), await use(own.secret)]).toEqual([401, 200])
  })

  test("stay when their owner signs out", async () => {
    const { cookie, secret } = await openSession()
    await desk.call("POST", apiUrls.signOut(), { headers: { cookie } })
    expect(await use(secret)).toBe(200)
  })
})
