import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTestingSignIn, type TestingSignIn } from "#test/support/sign-in.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

const json = { headers: { accept: "application/json" } }

/** Goes through the sign-in up to the address that the provider sends the browser back to, and stops there. */
async function comeUpToCallback(browser: TestingBrowser): Promise<string> {
  const page = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
  const visit = await browser.submit(page, { persona: "olivia" }, (at) => at.startsWith(desk.origin))
  return visit.headers.get("location") ?? ""
}

/** The answers of the callback and of the next call. */
async function tryCallback(browser: TestingBrowser, callback: string): Promise<string> {
  const visit = await browser.send(callback, json)
  const { code } = Problem.parse(JSON.parse(visit.text))
  return `${visit.status} ${code}, then ${(await desk.call(browser, "GET", apiUrls.session())).status}`
}

const refused = "400 sign_in_failed, then 401"

const sessionCookie = (browser: TestingBrowser) =>
  browser.cookies.find(({ name }) => name === "peering-desk-session")

describe("the callback", () => {
  it("works only in the browser that started the sign-in", async () => {
    const browser = createTestingBrowser()
    const callback = await comeUpToCallback(browser)
    expect(await tryCallback(createTestingBrowser(), callback)).toBe(refused)

    const other = createTestingBrowser()
    await comeUpToCallback(other)
    expect(await tryCallback(other, callback)).toBe(refused)

    await browser.send(callback)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(200)
  })

  it("refuses a state stolen from another browser", async () => {
    const victim = new URL(await comeUpToCallback(createTestingBrowser()))
    const thief = createTestingBrowser()
    const own = new URL(await comeUpToCallback(thief))
    own.searchParams.set("state", victim.searchParams.get("state") ?? "")
    expect(await tryCallback(thief, own.href)).toBe(refused)
  })

  it("refuses another person's code with a right state", async () => {
    const thief = new URL(await comeUpToCallback(createTestingBrowser()))
    const victim = createTestingBrowser()
    const own = new URL(await comeUpToCallback(victim))
    own.searchParams.set("code", thief.searchParams.get("code") ?? "")
    expect(await tryCallback(victim, own.href)).toBe(refused)
  })

  it("works once, whatever cookie is sent and after signing out", async () => {
    const browser = createTestingBrowser()
    const callback = await comeUpToCallback(browser)
    const before = browser.cookies.map((cookie) => ({ ...cookie }))
    await browser.send(callback)
    expect((await browser.send(callback, json)).headers.get("location")).toBe(`${desk.origin}/`)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(200)

    const old = createTestingBrowser()
    old.cookies.push(...before)
    expect(before.some(({ name }) => name.startsWith("peering-desk-session-sign-in-"))).toBe(true)
    expect(await tryCallback(old, callback)).toBe(refused)

    await desk.call(browser, "POST", apiUrls.signOut())
    expect(await tryCallback(browser, callback)).toBe(refused)
  })

  it("works once even when the first try failed", async () => {
    const browser = createTestingBrowser()
    const callback = await comeUpToCallback(browser)
    expect((await browser.send(`${callback}&code=another`, json)).status).toBe(400)
    expect(await tryCallback(browser, callback)).toBe(refused)
  })

  it("expires after ten minutes", async () => {
    const browser = createTestingBrowser()
    const callback = await comeUpToCallback(browser)
    desk.clock.advance(10 * 60_000)
    expect(await tryCallback(browser, callback)).toBe(refused)
  })
})

describe("a planted session id", () => {
  it("is replaced at sign-in and worthless afterwards", async () => {
    const thief = await desk.signIn("victor")
    const planted = { ...sessionCookie(thief) }

    const victim = createTestingBrowser()
    const callback = await comeUpToCallback(victim)
    victim.cookies.push({ host: "127.0.0.1", path: "/", name: "", value: "", ...planted })
    await victim.send(callback)
    expect((await desk.call(victim, "GET", apiUrls.session())).status).toBe(200)
    expect(sessionCookie(victim)?.value).not.toBe(planted.value)
    expect((await desk.call(thief, "GET", apiUrls.session())).status).toBe(401)
  })

  it("is refused when invented, signed by another secret, or changed", async () => {
    const browser = await desk.signIn("olivia")
    const value = decodeURIComponent(sessionCookie(browser)?.value ?? "")
    const [id = "", signature = ""] = value.slice(2).split(".")
    for (const forged of [
      id,
      `s:${id}`,
      `s:${id}.`,
      `s:made-up.${signature}`,
      `s:${id}.${signature}A`,
      "s:.",
    ]) {
      const other = createTestingBrowser()
      other.cookies.push({
        host: "127.0.0.1",
        path: "/",
        name: "peering-desk-session",
        value: encodeURIComponent(forged),
      })
      expect([forged, (await desk.call(other, "GET", apiUrls.session())).status]).toEqual([forged, 401])
    }
  })
})

it("a session's id has 192 random bits, another one at each sign-in", async () => {
  const ids: string[] = []
  for (let signIns = 0; signIns < 5; signIns += 1) {
    const value = decodeURIComponent(sessionCookie(await desk.signIn("olivia"))?.value ?? "")
    ids.push(value.slice("s:".length).split(".")[0] ?? "")
  }
  expect(new Set(ids).size).toBe(5)
  for (const id of ids) expect(Buffer.from(id, "base64url")).toHaveLength(24)
})

describe("return addresses", () => {
  it.each([
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
  ])("%s leads to our own front page", async (hostile) => {
    const browser = createTestingBrowser()
    const page = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: hostile })}`)
    const toCallback = await browser.submit(page, { persona: "olivia" }, (at) => at.startsWith(desk.origin))
    const visit = await browser.send(toCallback.headers.get("location") ?? "")
    expect(visit.headers.get("location")).toBe(`${desk.origin}/`)
  })
})
