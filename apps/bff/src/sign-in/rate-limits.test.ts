import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, it } from "vitest"
import { openTestingSignIn, type TestingSignIn } from "#test/support/sign-in.ts"

let desk: TestingSignIn
afterEach(() => desk.close())

const page = { headers: { accept: "text/html" } }

describe("rate limits", () => {
  it("answer too many sign-ins with a page that says how long to wait", async () => {
    desk = await openTestingSignIn({ limits: { signInsPerAddress: 3 } })
    const statuses = []
    for (let time = 0; time < 5; time += 1) {
      const visit = await createTestingBrowser().send(
        `${desk.origin}${apiUrls.signIn({ return: "/" })}`,
        page,
      )
      statuses.push(visit.status)
    }
    expect(statuses).toEqual([303, 303, 303, 429, 429])
    const visit = await createTestingBrowser().send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`, page)
    expect(visit.text).toContain("Too many requests")
    const wait = Number(visit.headers.get("retry-after"))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    // Coming back from the provider is counted by itself: who began in time can end.
    const callback = await createTestingBrowser().send(`${desk.origin}/sign-in/callback`, page)
    expect(callback.status).toBe(400)
  })

  it("refuse too many writes of one person, but no reads and no other person", async () => {
    desk = await openTestingSignIn({ limits: { writesPerUser: 2 } })
    const [nadia, olivia] = [await desk.signIn("nadia"), await desk.signIn("olivia")]
    const write = (browser: typeof nadia) => desk.call(browser, "DELETE", apiUrls.oneSession("0".repeat(64)))
    const answers = [await write(nadia), await write(nadia), await write(nadia)]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 429])
    const problem = Problem.parse(JSON.parse(answers[2]?.text ?? ""))
    expect(problem.code).toBe("too_many_requests")
    expect(String(problem.retryAfterSeconds)).toBe(answers[2]?.headers.get("retry-after"))
    expect((await desk.call(nadia, "GET", apiUrls.session())).status).toBe(200)
    expect((await write(olivia)).status).toBe(404)
  })

  it("refuse too many guesses of a session from one address, and nobody who has one", async () => {
    desk = await openTestingSignIn({ limits: { sessionGuessesPerAddress: 2 } })
    const nadia = await desk.signIn("nadia")
    const statuses = []
    for (let guess = 0; guess < 4; guess += 1) {
      const browser = createTestingBrowser()
      const value = encodeURIComponent(`s:guess-${guess}.signature`)
      browser.cookies.push({ host: "127.0.0.1", path: "/", name: "peering-desk-session", value })
      statuses.push((await desk.call(browser, "GET", apiUrls.session())).status)
    }
    expect(statuses).toEqual([401, 401, 429, 429])
    expect((await desk.call(nadia, "GET", apiUrls.session())).status).toBe(200)
    expect((await desk.call(createTestingBrowser(), "GET", apiUrls.session())).status).toBe(401)
  })

  it("refuse too many requests from one address for every person", async () => {
    desk = await openTestingSignIn({ limits: { writesPerAddress: 1 } })
    const statuses = []
    for (const persona of ["nadia", "olivia"]) {
      const answer = await desk.call(await desk.signIn(persona), "DELETE", apiUrls.oneSession("0".repeat(64)))
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([404, 429])
  })

  it("refuse too many logout tokens before checking signatures", async () => {
    desk = await openTestingSignIn({ limits: { logoutTokensPerAddress: 1 } })
    const send = () =>
      createTestingBrowser().send(`${desk.origin}${apiUrls.backChannelLogout()}`, {
        method: "POST",
        body: new URLSearchParams({ logout_token: "x.y.z" }),
      })
    expect([(await send()).status, (await send()).status]).toEqual([400, 429])
  })
})
