import { createTestingBrowser, type TestingBrowser, type Visit } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  requestedByHeader,
  requestedByValue,
  SessionInfo,
  type AuditRow,
} from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { queryAudit } from "#audit/audit-query.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { openHostileProvider, sign, type HostileProvider } from "#test/support/hostile-provider.ts"

let provider: HostileProvider
let desk: TestApp
beforeAll(async () => {
  provider = await openHostileProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  desk = await startTestApp({ persona: null, environment: { OIDC_ISSUER: provider.issuer } })
})
afterEach(() => desk.close())

/** @param sid the provider's name for its session; undefined when it gives none */
async function signIn(sid?: string): Promise<TestingBrowser> {
  provider.answerWith((good) => sign({ ...good, claims: { ...good.claims, sid } }))
  const browser = createTestingBrowser()
  await browser.follow(
    `${desk.origin}${apiUrls.signIn({ return: "/" })}`,
    {},
    (at) => at === `${desk.origin}/`,
  )
  return browser
}

const call = (browser: TestingBrowser, method: string, path: string): Promise<Visit> =>
  browser.send(`${desk.origin}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      [requestedByHeader]: requestedByValue,
    },
  })

const ask = (browser: TestingBrowser) => call(browser, "GET", apiUrls.session())

async function sendLogoutToken(token: string): Promise<number> {
  const body = new URLSearchParams({ logout_token: token })
  const url = `${desk.origin}${apiUrls.backChannelLogout()}`
  return (await createTestingBrowser().send(url, { method: "POST", body })).status
}

async function listAuditRows(...actions: string[]): Promise<AuditRow[]> {
  const { rows } = await queryAudit(desk.services.store, {})
  return rows.filter(({ action }) => actions.includes(action))
}

describe("sessions end only once the audit log can be written", () => {
  async function breakTrail(): Promise<void> {
    await sql`create trigger broken before insert on event begin select raise(fail, 'broken'); end`.execute(
      desk.services.store.db,
    )
  }
  async function repairLog(): Promise<void> {
    await sql`drop trigger broken`.execute(desk.services.store.db)
  }

  test("ending it from the list", async () => {
    const browser = await signIn()
    const { sessionId } = SessionInfo.parse(JSON.parse((await ask(browser)).text))
    await breakTrail()
    expect((await call(browser, "DELETE", apiUrls.oneSession(sessionId))).status).toBe(500)
    expect((await ask(browser)).status).toBe(200)
    await repairLog()
    expect((await call(browser, "DELETE", apiUrls.oneSession(sessionId))).status).toBe(204)
    expect((await ask(browser)).status).toBe(401)
    expect(await listAuditRows("session-ended")).toMatchObject([
      { actor: { subject: "mallory" }, detail: { session: sessionId, how: "by-owner" } },
    ])
  })

  test("signing out; the browser forgets its cookie either way", async () => {
    const [stays, goes] = [await signIn(), await signIn()]
    await breakTrail()
    const failed = await call(stays, "POST", apiUrls.signOut())
    expect([failed.status, (await ask(stays)).status]).toEqual([500, 401])
    expect(await desk.services.sessions.listSessions()).toHaveLength(2)
    await repairLog()
    expect((await call(goes, "POST", apiUrls.signOut())).status).toBe(200)
    expect(await desk.services.sessions.listSessions()).toHaveLength(1)
    expect(await listAuditRows("sign-out")).toHaveLength(1)
  })

  test("back-channel logout; the token may be used again", async () => {
    const browsers = [await signIn("theirs"), await signIn("theirs")]
    const token = await sign(provider.logoutParts({ sid: "theirs" }))
    await breakTrail()
    expect(await sendLogoutToken(token)).toBe(500)
    expect((await Promise.all(browsers.map(ask))).map(({ status }) => status)).toEqual([200, 200])
    await repairLog()
    expect(await sendLogoutToken(token)).toBe(200)
    expect((await Promise.all(browsers.map(ask))).map(({ status }) => status)).toEqual([401, 401])
    expect(await listAuditRows("session-ended")).toMatchObject([
      { actor: null, detail: { how: "by-provider" } },
      { actor: null, detail: { how: "by-provider" } },
    ])
    expect(await sendLogoutToken(token)).toBe(400)
  })
})

test("a logout token with a subject too ends their sessions that the provider gave no name", async () => {
  const [named, nameless, another] = [await signIn("theirs"), await signIn(), await signIn("another")]
  expect(await sendLogoutToken(await sign(provider.logoutParts({ sid: "theirs", sub: "mallory" })))).toBe(200)
  const statuses = [await ask(named), await ask(nameless), await ask(another)].map(({ status }) => status)
  expect(statuses).toEqual([401, 401, 200])
})
