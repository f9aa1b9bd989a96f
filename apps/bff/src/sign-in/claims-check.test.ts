import { EventEmitter, once } from "node:events"
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { createTestingBrowser, demoPersonas, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem, SessionInfo } from "@peering-desk/shared-schemas"
import Database from "libsql"
import { listen } from "@peering-desk/test-support/listen"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { openHostileProvider, type HostileProvider } from "#test/support/hostile-provider.ts"
import { openStream } from "#test/support/open-stream.ts"
import { openTestingSignIn, testingClient, type TestingSignIn } from "#test/support/sign-in.ts"

const minute = 60_000
// Shorter than the tolerated difference of clocks: the provider's own clock does not jump with the test's.
const lifetimes = { checkMs: 4 * minute }
let provider: HostileProvider
let desk: TestingSignIn
beforeAll(async () => {
  provider = await openHostileProvider({ refreshTokens: true })
})
afterAll(() => provider.close())
afterEach(() => desk.close())

const ask = (browser: TestingBrowser) => desk.call(browser, "GET", apiUrls.session())
async function codeOf(browser: TestingBrowser): Promise<string> {
  const answer = await ask(browser)
  return answer.status === 200 ? "200" : Problem.parse(JSON.parse(answer.text)).code
}
const signInAtHostile = () => signInAt(provider)
async function signInAt({ issuer }: HostileProvider): Promise<TestingBrowser> {
  desk = await openTestingSignIn({ lifetimes, issuer })
  const browser = createTestingBrowser()
  await browser.follow(
    `${desk.origin}${apiUrls.signIn({ return: "/" })}`,
    {},
    (at) => at === `${desk.origin}/`,
  )
  return browser
}
const actions = () => desk.events.map(({ action }) => action)
const withoutNadia = demoPersonas.filter(({ id }) => id !== "nadia")
const nadiaAmongViewers = demoPersonas.map((one) =>
  one.id === "nadia" ? { ...one, groups: ["viewers"] } : one,
)

describe("a session with a refresh token", () => {
  it("has its claims renewed before they are too old, unnoticed, also for open streams", async () => {
    desk = await openTestingSignIn({ lifetimes, refreshTokens: true })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await desk.setPersonas(nadiaAmongViewers)
    desk.clock.advance(2 * minute)
    expect(Object.values(SessionInfo.parse(JSON.parse((await ask(browser)).text)).access.projects)).toEqual([
      "requester",
    ])
    desk.clock.advance(minute)
    const { access } = SessionInfo.parse(JSON.parse((await ask(browser)).text))
    expect(Object.values(access.projects)).toEqual(["viewer", "viewer"])
    await stream.until("event: access")
    // The stream goes on past the age its first claims have by then.
    desk.clock.advance(2 * minute)
    await ask(browser)
    expect(stream.isOpen()).toBe(true)
    expect(actions()).toEqual(["sign-in"])
    stream.close()
  })

  it("is checked once for requests at the same time: the token works only once", async () => {
    desk = await openTestingSignIn({ lifetimes, refreshTokens: true })
    const browser = await desk.signIn("nadia")
    for (let round = 0; round < 2; round += 1) {
      desk.clock.advance(3 * minute)
      const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(browser)))
      expect(codes).toEqual(Array.from({ length: 8 }, () => "200"))
    }
    expect(actions()).toEqual(["sign-in"])
  })

  it("ends with its stream when its person was removed at the provider", async () => {
    desk = await openTestingSignIn({ lifetimes, refreshTokens: true })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await desk.setPersonas(withoutNadia)
    desk.clock.advance(4 * minute)
    expect(await codeOf(browser)).toBe("not_signed_in")
    await stream.ended
    expect(desk.events.at(-1)).toMatchObject({
      action: "session-ended",
      actor: null,
      detail: { subject: "nadia", how: "by-provider" },
    })
  })

  it("goes on while the provider is away until its time is over, and once it is back", async () => {
    const browser = await signInAtHostile()
    provider.refuseWith({ status: 503 })
    desk.clock.advance(3 * minute)
    expect(await codeOf(browser)).toBe("200")
    desk.clock.advance(minute)
    expect(await codeOf(browser)).toBe("identity_provider_unreachable")
    provider.refuseWith(null)
    desk.clock.advance(10_000)
    expect(await codeOf(browser)).toBe("200")
    expect(actions()).toEqual(["sign-in"])
  })

  it("goes on once the database takes writes again that it refused during the check", async () => {
    desk = await openTestingSignIn({ lifetimes, refreshTokens: true })
    const browser = await desk.signIn("nadia")
    const other = new Database(join(desk.dataDirectory, "peering-desk.sqlite"))
    desk.clock.advance(3 * minute)
    other.exec("BEGIN IMMEDIATE")
    expect(await codeOf(browser)).toBe("store_unavailable")
    other.close()
    expect(await codeOf(browser)).toBe("200")
    expect(actions()).toEqual(["sign-in"])
  })

  it("is checked by one of the two processes that serve it", async () => {
    desk = await openTestingSignIn({ lifetimes, refreshTokens: true })
    const beside = await openTestingSignIn({ lifetimes, beside: desk, issuer: desk.issuer })
    const browser = await desk.signIn("nadia")
    desk.clock.advance(3 * minute)
    const both = [desk, beside, desk, beside].map((one) => one.call(browser, "GET", apiUrls.session()))
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    await beside.close()
    expect(statuses).toEqual([200, 200, 200, 200])
    desk.clock.advance(3 * minute)
    expect(await codeOf(browser)).toBe("200")
  })

  it("ends at sign-out while the provider does not answer the revocation of its refresh token", async () => {
    const [asked, answered] = [new EventEmitter(), new EventEmitter()]
    const silent = createServer((_request, response) => {
      void once(answered, "now").then(() => response.end())
      asked.emit("revocation")
    })
    const { origin, close } = await listen(silent)
    const own = await openHostileProvider({
      refreshTokens: true,
      metadata: { revocation_endpoint: `${origin}/revoke` },
    })
    const browser = await signInAt(own)
    const copy = createTestingBrowser()
    copy.cookies.push(...browser.cookies)
    const isAsked = once(asked, "revocation")
    const signingOut = desk.call(browser, "POST", apiUrls.signOut())
    await isAsked
    expect(await codeOf(copy)).toBe("not_signed_in")
    answered.emit("now")
    expect((await signingOut).status).toBe(200)
    await close()
    await own.close()
  })

  it("has its refresh token revoked at sign-out, and in no file, log or answer", async () => {
    const browser = await signInAtHostile()
    const answers = [await ask(browser), await desk.call(browser, "POST", apiUrls.signOut())]
    const [token = ""] = provider.revoked()
    expect(token).toMatch(/^a-refresh-token-/)
    const files = readdirSync(desk.dataDirectory).map((file) => readFileSync(join(desk.dataDirectory, file)))
    const written = JSON.stringify([desk.logs, desk.events, answers.map(({ text }) => text)])
    expect(Buffer.concat([...files, Buffer.from(written)]).includes(token)).toBe(false)
  })
})

describe("a session without a refresh token", () => {
  it("is confirmed by a visit to the provider that shows no page and returns to the same place", async () => {
    desk = await openTestingSignIn({ lifetimes })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await desk.setPersonas(nadiaAmongViewers)
    desk.clock.advance(4 * minute)
    expect(await codeOf(browser)).toBe("check_due")
    expect(await stream.ended).not.toContain("signed-out")

    const back = `${desk.origin}/projects/1/connections/new?cloud=AWS`
    const start = `${desk.origin}${apiUrls.signIn({ return: "/projects/1/connections/new?cloud=AWS" })}`
    const atProvider = (await browser.send(start)).headers.get("location") ?? ""
    expect(new URL(atProvider).searchParams.get("prompt")).toBe("none")
    const arrival = await browser.follow(atProvider, {}, (at) => at === back)
    expect(arrival.headers.get("location")).toBe(back)
    const { access } = SessionInfo.parse(JSON.parse((await ask(browser)).text))
    expect(Object.values(access.projects)).toEqual(["viewer", "viewer"])
    expect(actions()).toEqual(["sign-in"])
  })

  it.each([
    ["person was removed at the provider", () => desk.setPersonas(withoutNadia)],
    [
      "person signed out there unnoticed",
      async (browser: TestingBrowser) =>
        void browser.cookies.splice(
          0,
          browser.cookies.length,
          ...browser.cookies.filter(({ name }) => !name.startsWith("demo-idp")),
        ),
    ],
  ])("ends when its %s, and leads back to the page", async (_name, leave) => {
    desk = await openTestingSignIn({ lifetimes })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await leave(browser)
    desk.clock.advance(4 * minute)
    await stream.ended
    expect(await codeOf(browser)).toBe("check_due")
    const back = `${desk.origin}/here`
    const arrival = await browser.follow(
      `${desk.origin}${apiUrls.signIn({ return: "/here" })}`,
      {},
      (at) => at === back,
    )
    expect(arrival.headers.get("location")).toBe(back)
    expect(await codeOf(browser)).toBe("not_signed_in")
    expect(desk.events.at(-1)).toMatchObject({ action: "session-ended", detail: { how: "by-provider" } })
    expect(actions()).not.toContain("sign-in-refused")
  })

  it("stays when the provider's refusal arrives after a sign-in in another tab", async () => {
    desk = await openTestingSignIn({ lifetimes })
    const browser = await desk.signIn("nadia")
    const own = browser.cookies.filter(({ name }) => !name.startsWith("demo-idp"))
    browser.cookies.splice(0, browser.cookies.length, ...own)
    desk.clock.advance(4 * minute)
    const start = `${desk.origin}${apiUrls.signIn({ return: "/here" })}`
    const atProvider = (await browser.send(start)).headers.get("location") ?? ""
    const late = (await browser.send(atProvider)).headers.get("location") ?? ""
    expect(late).toContain("error=login_required")
    desk.clock.advance(1_000)
    const again = await desk.signIn("nadia")
    const pending = browser.cookies.filter(({ name }) => name.includes("-sign-in-"))
    browser.cookies.splice(0, browser.cookies.length, ...pending, ...again.cookies)
    expect((await browser.send(late)).headers.get("location")).toBe(`${desk.origin}/here`)
    expect(await codeOf(browser)).toBe("200")
    expect(actions()).not.toContain("session-ended")
  })

  it("is replaced when somebody else is signed in there by now", async () => {
    desk = await openTestingSignIn({ lifetimes })
    const browser = await desk.signIn("nadia")
    const there = await browser.follow(`${desk.issuer}/session/end?client_id=${testingClient.id}`)
    const own = browser.cookies.filter(({ name }) => !name.startsWith("demo-idp"))
    const other = await desk.signIn("victor")
    const theirs = other.cookies.filter(({ name }) => name.startsWith("demo-idp"))
    browser.cookies.splice(0, browser.cookies.length, ...own, ...theirs)
    desk.clock.advance(4 * minute)
    await browser.follow(
      `${desk.origin}${apiUrls.signIn({ return: "/" })}`,
      {},
      (at) => at === `${desk.origin}/`,
    )
    expect(SessionInfo.parse(JSON.parse((await ask(browser)).text)).user.subject).toBe("victor")
    expect(there.status).toBe(200)
    expect(actions()).toEqual(["sign-in", "sign-in", "session-ended", "sign-in"])
  })
})
