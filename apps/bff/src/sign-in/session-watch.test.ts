import { request as sendHttp } from "node:http"
import type { TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, SessionList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openTestingSignIn, testingClient, testingRules, type TestingSignIn } from "#test/support/sign-in.ts"
import { parseAccessRules } from "./access-rules.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

/** A stream somebody has open: what came so far, when it has come to a text, and all of it once the server ended it. */
interface OpenStream {
  until: (text: string) => Promise<void>
  ended: Promise<string>
  isOpen: () => boolean
  close: () => void
}

function openStream(browser: TestingBrowser, at = desk): Promise<OpenStream> {
  const cookie = browser.cookies
    .filter(({ name }) => name === "peering-desk-session")
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ")
  return new Promise((resolve, reject) => {
    const request = sendHttp(`${at.origin}/api/events`, { agent: false, headers: { cookie } }, (response) => {
      let text = ""
      let open = true
      const looks = new Set<() => void>()
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
        for (const look of looks) look()
      })
      const ended = new Promise<string>((done) =>
        response.on("close", () => {
          open = false
          done(text)
        }),
      )
      const until = (wanted: string) =>
        new Promise<void>((found) => {
          const look = () => text.includes(wanted) && found()
          looks.add(look)
          look()
        })
      void until(": open").then(() =>
        resolve({ until, ended, isOpen: () => open, close: () => response.destroy() }),
      )
    })
    request.on("error", reject)
    request.end()
  })
}

async function endSessionOf(browser: TestingBrowser, at: TestingSignIn): Promise<void> {
  const answer = await at.call(browser, "GET", apiUrls.sessions())
  const own = SessionList.parse(JSON.parse(answer.text)).sessions.find(({ current }) => current)
  await at.call(browser, "DELETE", apiUrls.oneSession(own?.id ?? ""))
}

describe("an open stream", () => {
  it("ends at once when its session signs out", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser)
    await desk.call(browser, "POST", apiUrls.signOut())
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("ends at once when the session is ended from the list", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser)
    await endSessionOf(browser, desk)
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("ends at once on back-channel logout", async () => {
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser)
    const page = await browser.follow(`${desk.issuer}/session/end?client_id=${testingClient.id}`)
    await browser.submit(page, { logout: "yes" })
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("leaves other sessions' streams open", async () => {
    const [nadia, other] = [await desk.signIn("nadia"), await desk.signIn("nadia")]
    const streams = [await openStream(nadia), await openStream(nadia), await openStream(other)]
    await endSessionOf(nadia, desk)
    await Promise.all(streams.slice(0, 2).map(({ ended }) => ended))
    expect(streams.map(({ isOpen }) => isOpen())).toEqual([false, false, true])
  })
})

describe("an open stream ends within a second", () => {
  it("idle session: the stream ends after half an hour", async () => {
    const stream = await openStream(await desk.signIn("nadia"))
    desk.clock.advance(30 * 60_000)
    expect(await stream.ended).toContain("event: signed-out")
  })

  it("session ended by another process: the stream ends", async () => {
    const beside = await openTestingSignIn({ beside: desk, issuer: desk.issuer })
    const browser = await desk.signIn("nadia")
    const stream = await openStream(browser)
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
    const stream = await openStream(browser)
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
    const [olivias, nadias] = [await openStream(olivia), await openStream(nadia)]
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
