import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem, SessionInfo, SessionList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTestingSignIn, testingClient, type TestingSignIn } from "#test/support/sign-in.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

const minute = 60_000
const status = async (browser: TestingBrowser, path = apiUrls.session()) =>
  (await desk.call(browser, "GET", path)).status

async function list(browser: TestingBrowser, path = apiUrls.sessions()) {
  return SessionList.parse(JSON.parse((await desk.call(browser, "GET", path)).text)).sessions
}

describe("the list of sessions", () => {
  it("shows the caller's sessions, newest first, with place, time and the current one marked", async () => {
    const first = await desk.signIn("nadia")
    desk.clock.advance(5 * minute)
    const second = await desk.signIn("nadia")
    await desk.signIn("olivia")
    const sessions = await list(second)
    expect(sessions.map(({ user, current }) => [user.subject, current])).toEqual([
      ["nadia", true],
      ["nadia", false],
    ])
    expect(sessions[1]).toMatchObject({ address: "127.0.0.1", browser: "node" })
    expect(Date.parse(sessions[0]?.signedInAt ?? "")).toBe(desk.clock.now())
    expect((await list(first)).map(({ current }) => current)).toEqual([false, true])
  })

  it("shows everybody's sessions to administrators only", async () => {
    await desk.signIn("nadia")
    const olivia = await desk.signIn("olivia")
    const all = await list(olivia, apiUrls.sessions({ everybody: "true" }))
    expect(all.map(({ user }) => user.subject).toSorted()).toEqual(["nadia", "olivia"])
    for (const persona of ["nadia", "victor", "sam", "greta"]) {
      const answer = await desk.call(
        await desk.signIn(persona),
        "GET",
        apiUrls.sessions({ everybody: "true" }),
      )
      expect([persona, Problem.parse(JSON.parse(answer.text)).code]).toEqual([persona, "forbidden"])
    }
    expect(await status(olivia, "/api/sessions?everybody=1")).toBe(400)
  })

  it("holds nothing usable as a cookie", async () => {
    const browser = await desk.signIn("nadia")
    const cookie = decodeURIComponent(
      browser.cookies.find(({ name }) => name.startsWith("peering"))?.value ?? "",
    )
    const [id = ""] = cookie.slice(2).split(".")
    const texts = [apiUrls.session(), apiUrls.sessions()].map((path) => desk.call(browser, "GET", path))
    for (const { text } of await Promise.all(texts)) {
      expect(text).toContain("nadia")
      expect(text).not.toContain(id)
    }
    const listed = (await list(browser))[0]?.id ?? ""
    expect(
      SessionInfo.parse(JSON.parse((await desk.call(browser, "GET", apiUrls.session())).text)).sessionId,
    ).toBe(listed)
    const kept = readdirSync(desk.dataDirectory).map((file) => readFileSync(join(desk.dataDirectory, file)))
    const everything = Buffer.concat([...kept, Buffer.from(JSON.stringify([desk.logs, desk.events]))])
    expect(everything.includes("nadia@example.com")).toBe(true)
    for (const secret of [id, testingClient.secret]) expect(everything.includes(secret)).toBe(false)
  })
})

describe("ending a session", () => {
  it("ends the caller's chosen session and no other", async () => {
    const [first, second] = [await desk.signIn("nadia"), await desk.signIn("nadia")]
    const other = (await list(second)).find(({ current }) => !current)
    const answer = await desk.call(second, "DELETE", apiUrls.oneSession(other?.id ?? ""))
    expect(answer.status).toBe(204)
    expect([await status(first), await status(second)]).toEqual([401, 200])
    expect(desk.events.at(-1)).toMatchObject({ actor: { subject: "nadia" }, detail: { how: "by-owner" } })
  })

  it("may end the caller's current session", async () => {
    const browser = await desk.signIn("nadia")
    const [own] = await list(browser)
    expect((await desk.call(browser, "DELETE", apiUrls.oneSession(own?.id ?? ""))).status).toBe(204)
    expect(await status(browser)).toBe(401)
  })

  it("another user's session: 404 unless administrator", async () => {
    const [nadia, victor, olivia] = [
      await desk.signIn("nadia"),
      await desk.signIn("victor"),
      await desk.signIn("olivia"),
    ]
    const [nadias] = await list(nadia)
    const path = apiUrls.oneSession(nadias?.id ?? "")
    const refused = await desk.call(victor, "DELETE", path)
    const absent = await desk.call(victor, "DELETE", apiUrls.oneSession("0".repeat(64)))
    const withoutId = ({ requestId: _id, ...problem }: Problem) => problem
    expect(withoutId(Problem.parse(JSON.parse(refused.text)))).toEqual(
      withoutId(Problem.parse(JSON.parse(absent.text))),
    )
    expect([refused.status, await status(nadia)]).toEqual([404, 200])
    expect((await desk.call(olivia, "DELETE", path)).status).toBe(204)
    expect(await status(nadia)).toBe(401)
    expect(desk.events.at(-1)).toMatchObject({
      actor: { subject: "olivia" },
      detail: { session: nadias?.id, subject: "nadia", how: "by-administrator" },
    })
    expect((await desk.call(olivia, "DELETE", path)).status).toBe(404)
  })

  it("is not undone by a request in flight", async () => {
    const browser = await desk.signIn("nadia")
    const [own] = await list(browser)
    const olivia = await desk.signIn("olivia")
    await Promise.all([
      desk.call(olivia, "DELETE", apiUrls.oneSession(own?.id ?? "")),
      ...Array.from({ length: 20 }, () => browser.send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)),
    ])
    expect(await status(browser)).toBe(401)
    expect(await list(olivia, apiUrls.sessions({ everybody: "true" }))).toHaveLength(1)
  })
})

describe("a session", () => {
  it("ends after half an hour without use", async () => {
    const browser = await desk.signIn("nadia")
    desk.clock.advance(29 * minute)
    expect(await status(browser)).toBe(200)
    desk.clock.advance(29 * minute)
    expect(await status(browser)).toBe(200)
    desk.clock.advance(30 * minute)
    expect(await status(browser)).toBe(401)
  })

  it("ends after twelve hours even when used", async () => {
    await desk.close()
    desk = await openTestingSignIn({ lifetimes: { checkMs: 24 * 60 * minute } })
    const browser = await desk.signIn("nadia")
    for (let passed = 0; passed < 12 * 60 - 20; passed += 20) {
      desk.clock.advance(20 * minute)
      expect(await status(browser)).toBe(200)
    }
    desk.clock.advance(20 * minute)
    expect(await status(browser)).toBe(401)
  })

  it("stays ended after a new sign-in", async () => {
    await desk.close()
    desk = await openTestingSignIn({ lifetimes: { idleMs: minute } })
    const browser = await desk.signIn("nadia")
    desk.clock.advance(2 * minute)
    await browser.follow(
      `${desk.origin}${apiUrls.signIn({ return: "/" })}`,
      {},
      (at) => at === `${desk.origin}/`,
    )
    expect(await status(browser)).toBe(200)
  })
})

describe("the session secret", () => {
  const [older, newer] = ["the older secret, used until yesterday", "the newer secret, used from today on"]
  const ask = (one: TestingSignIn, browser: TestingBrowser) => one.call(browser, "GET", apiUrls.session())

  it("can be rotated; cookies signed with the old one work until it is removed", async () => {
    const before = await openTestingSignIn({ secrets: [older] })
    const rotated = await openTestingSignIn({ secrets: [newer, older], beside: before })
    const after = await openTestingSignIn({ secrets: [newer], beside: before })
    const old = await before.signIn("nadia")
    const fresh = await rotated.signIn("nadia")
    const statuses = []
    for (const one of [before, rotated, after]) {
      statuses.push([(await ask(one, old)).status, (await ask(one, fresh)).status])
    }
    await after.close()
    await rotated.close()
    await before.close()
    expect(statuses).toEqual([
      [200, 401],
      [200, 200],
      [401, 200],
    ])
  })
})

it("session routes answer 401 without a session", async () => {
  const browser = createTestingBrowser()
  expect(await status(browser, apiUrls.sessions())).toBe(401)
  expect((await desk.call(browser, "DELETE", apiUrls.oneSession("0".repeat(64)))).status).toBe(401)
})
