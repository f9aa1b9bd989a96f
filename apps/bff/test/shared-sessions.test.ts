import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, SessionInfo } from "@peering-desk/shared-schemas"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { useDatabases } from "#test/support/database.ts"
import { openHostileProvider, sign, type HostileProvider } from "#test/support/hostile-provider.ts"
import { projectId } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

/** Two desks over one PostgreSQL, each with everything a process has, and one clock. */
const minute = 60_000
const createDatabase = useDatabases("postgres")
let databaseUrl: string
let provider: HostileProvider
let first: TestApp
let second: TestApp
beforeAll(async () => {
  ;({ databaseUrl = "" } = await createDatabase())
  provider = await openHostileProvider({ refreshTokens: true })
}, 300_000)
afterAll(() => provider.close())
beforeEach(async () => {
  provider.refuseWith(null)
  provider.answerWith(sign)
  first = await startTestApp({
    persona: null,
    environment: {
      DATABASE_URL: databaseUrl,
      OIDC_ISSUER: provider.issuer,
      // Shorter than the tolerated difference of clocks: the provider's own clock does not jump with the test's.
      SESSION_CHECK_MINUTES: "4",
    },
  })
  second = await startTestApp({
    beside: first,
    replace: () => ({
      limits: createRateLimits({
        ...usualRateLimits,
        writesPerAddress: 9_999,
        sessionGuessesPerAddress: 9_999,
      }),
    }),
  })
})
afterEach(async () => {
  await second.close()
  await first.close()
})

/** Signs in at the first process and returns the cookie. */
async function signIn(): Promise<string> {
  const browser = createTestingBrowser()
  const home = `${first.origin}/`
  await browser.follow(`${first.origin}${apiUrls.signIn({ return: "/" })}`, {}, (at) => at === home)
  const own = browser.cookies.find(({ name }) => name === first.services.cookie.name)
  return `${own?.name}=${own?.value}`
}

const ask = (desk: TestApp, cookie: string) => desk.call("GET", apiUrls.session(), { headers: { cookie } })
const readStatus = async (desk: TestApp, cookie: string) => (await ask(desk, cookie)).status
const readSession = async (desk: TestApp, cookie: string) =>
  SessionInfo.parse((await ask(desk, cookie)).json())
async function countEvents(): Promise<number> {
  const { db } = first.services.store
  const { events } = await db
    .selectFrom("event")
    .select((row) => row.fn.countAll<string>().as("events"))
    .executeTakeFirstOrThrow()
  return Number(events)
}
const countRefreshes = () =>
  provider.tokenRequests().filter(({ form }) => form.get("grant_type") === "refresh_token").length

/** Has the provider say from now on that the person is in this group alone. */
function moveTo(group: string): void {
  provider.answerWith((good) => sign({ ...good, claims: { ...good.claims, groups: [group] } }))
}

async function logOutByProvider(): Promise<void> {
  const token = await sign(provider.logoutParts({ sid: "their-session" }))
  const body = new URLSearchParams({ logout_token: token })
  const url = `${first.origin}${apiUrls.backChannelLogout()}`
  expect((await createTestingBrowser().send(url, { method: "POST", body })).status).toBe(200)
}

describe("a session that was signed in at one process", () => {
  test.each<[string, (cookie: string) => Promise<unknown>]>([
    ["its person signs out", (cookie) => first.call("POST", apiUrls.signOut(), { headers: { cookie } })],
    [
      "it is ended from the list of sessions",
      async (cookie) => {
        const { sessionId } = await readSession(first, cookie)
        await first.call("DELETE", apiUrls.oneSession(sessionId), { headers: { cookie } })
      },
    ],
    ["the provider logs its person out", logOutByProvider],
    [
      "the provider refuses to confirm its claims",
      async (cookie) => {
        provider.refuseWith({ status: 400, body: { error: "invalid_grant" } })
        first.clock.advance(3 * minute)
        await ask(first, cookie)
      },
    ],
  ])("works at another, and within 5 s no longer at either once %s at one", async (_how, end) => {
    const cookie = await signIn()
    const streams = [
      await first.stream([projectId], { cookie }),
      await second.stream([projectId], { cookie }),
    ]
    expect([await readStatus(first, cookie), await readStatus(second, cookie)]).toEqual([200, 200])
    await end(cookie)
    expect(await readStatus(first, cookie)).toBe(401)
    first.clock.advance(1_000)
    await Promise.all(streams.map(({ ended }) => ended))
    for (const stream of streams) expect(stream.text()).toContain("event: signed-out")
    first.clock.advance(4_000)
    expect(await readStatus(second, cookie)).toBe(401)
  })

  const writes = [
    ["POST", apiUrls.apiTokens(), { name: "later", projects: "*", role: "viewer" }],
    ["POST", apiUrls.peerings(projectId), {}],
    ["PATCH", apiUrls.privateIpMode(projectId), {}],
    ["PUT", apiUrls.inboxMail(), { events: [] }],
    ["DELETE", apiUrls.savedView("none"), undefined],
  ] as const

  test.each(writes)(
    "changes nothing at another process once it ended at one: %s %s",
    async (method, path, body) => {
      const cookie = await signIn()
      expect(await readStatus(second, cookie)).toBe(200)
      await first.call("POST", apiUrls.signOut(), { headers: { cookie } })
      // A page may still be read there for seconds.
      expect(await readStatus(second, cookie)).toBe(200)
      const answer = await second.call(method, path, { headers: { cookie }, ...(body && { body }) })
      expect(answer.status).toBe(401)
      expect(await readStatus(second, cookie)).toBe(401)
    },
  )

  test("changes nothing at another process in 500 of 500 tries that begin as soon as it ended at one", async () => {
    const before = await countEvents()
    const answers = new Map<number, number>()
    const sessions = 25
    for (let session = 0; session < sessions; session += 1) {
      const cookie = await signIn()
      await readStatus(second, cookie)
      await first.call("POST", apiUrls.signOut(), { headers: { cookie } })
      const tries = Array.from({ length: 500 / sessions }, (_, index) => {
        const [method, path, body] = writes[index % writes.length] ?? writes[0]
        return second.call(method, path, { headers: { cookie }, ...(body && { body }) })
      })
      for (const { status } of await Promise.all(tries)) answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(answers)).toEqual({ 401: 500 })
    // A sign-in and a sign-out each, and nothing else.
    expect((await countEvents()) - before).toBe(sessions * 2)
  })

  test("has the claims at every process that the provider confirmed at one, which asks alone", async () => {
    const cookie = await signIn()
    expect((await readSession(second, cookie)).access.everywhere).toBe("administrator")
    const stream = await second.stream([projectId], { cookie })
    const before = countRefreshes()
    moveTo("viewers")
    first.clock.advance(3 * minute)
    expect((await readSession(first, cookie)).access.everywhere).toBe("viewer")
    expect((await readSession(second, cookie)).access.everywhere).toBe("viewer")
    // The stream there knows only what its opening knew. It ends in time, and opens again with what holds now.
    first.clock.advance(minute)
    await stream.ended
    expect(stream.text()).not.toContain("event: signed-out")
    expect((await second.stream([projectId], { cookie })).status).toBe(200)
    expect(countRefreshes()).toBe(before + 1)
  })

  test("waits at one process for the confirmation that another asks for, once its time is over", async () => {
    const cookie = await signIn()
    const before = countRefreshes()
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      provider.answerWith(async (good) => {
        resolve()
        await new Promise<void>((resolveAnswer) => (answer = resolveAnswer))
        return await sign(good)
      })
    })
    first.clock.advance(4 * minute)
    const atFirst = readStatus(first, cookie)
    await asked
    const atSecond = readStatus(second, cookie)
    await Promise.race([first.clock.untilWaiting(200), atSecond])
    answer()
    expect(await atFirst).toBe(200)
    first.clock.advance(200)
    expect(await atSecond).toBe(200)
    expect(countRefreshes()).toBe(before + 1)
  })
})
