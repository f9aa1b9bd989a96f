import type { TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, SessionList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openStream } from "#test/support/open-stream.ts"
import { openTestingSignIn, testingClient, testingRules, type TestingSignIn } from "#test/support/sign-in.ts"
import { parseAccessRules } from "./access-rules.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

async function endSessionOf(browser: TestingBrowser, at: TestingSignIn): Promise<void> {
  const answer = await at.call(browser, "GET", apiUrls.sessions())
  const own = SessionList.parse(JSON.parse(answer.text)).sessions.find(({ current }) => current)
  await at.call(browser, "DELETE", apiUrls.oneSession(own?.id ?? ""))
}

describe("an open stream", () => {
  it("ends at once when its session signs out", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await desk.call(browser, "POST", apiUrls.signOut())
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("ends at once when the session is ended from the list", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await endSessionOf(browser, desk)
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("ends at once on back-channel logout", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    const page = await browser.follow(`${desk.issuer}/session/end?client_id=${testingClient.id}`)
    await browser.submit(page, { logout: "yes" })
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("leaves other sessions' streams open", async () => {
    const [nadia, other] = [await desk.signIn("nadia"), await desk.signIn("nadia")]
    const streams = [
      await openStream(nadia, desk.origin),
      await openStream(nadia, desk.origin),
      await openStream(other, desk.origin),
    ]
    await endSessionOf(nadia, desk)
    await Promise.all(streams.slice(0, 2).map(({ ended }) => ended))
    expect(streams.map(({ isOpen }) => isOpen())).toEqual([false, false, true])
  })
})

describe("an open stream ends within a second", () => {
  it("idle session: the stream ends after half an hour", async () => {
    const stream = await openStream(await desk.signIn("nadia"), desk.origin)
    desk.clock.advance(30 * 60_000)
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("session ended by another process: the stream ends", async () => {
    const beside = await openTestingSignIn({ beside: desk, issuer: desk.issuer })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    await endSessionOf(browser, beside)
    expect(stream.isOpen()).toBe(true)
    desk.clock.advance(1_000)
    expect(await stream.ended).toContain("event: signed-out")
    await beside.close()
  })
})

describe("the end of a stream", () => {
  it("does not count as use of its session", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser, desk.origin)
    desk.clock.advance(20 * 60_000)
    stream.close()
    await stream.ended
    // By the time somebody else has signed in, the server has noticed too.
    await desk.signIn("olivia")
    desk.clock.advance(10 * 60_000)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(401)
  })
})

describe("changed rules", () => {
  const rules = parseAccessRules(testingRules)

  it("reach the affected streams and count from the next request", async () => {
    const [olivia, nadia] = [await desk.signIn("olivia"), await desk.signIn("nadia")]
    const [olivias, nadias] = [await openStream(olivia, desk.origin), await openStream(nadia, desk.origin)]
    desk.ruleBook.replace({ ...rules, rules: rules.rules.filter(({ role }) => role !== "administrator") })
    await olivias.until("event: access\ndata: null")
    expect((await desk.call(olivia, "GET", "/api/audit")).status).toBe(403)
    desk.ruleBook.replace(rules)
    await olivias.until("event: access\ndata: administrator")
    expect((await desk.call(olivia, "GET", "/api/audit")).status).toBe(200)
    await endSessionOf(nadia, desk)
    expect(await nadias.ended).not.toContain("event: access")
  })
})
