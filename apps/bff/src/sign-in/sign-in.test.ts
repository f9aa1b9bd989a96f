import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem, SessionInfo, SignedOut } from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openHostileProvider } from "#test/support/hostile-provider.ts"
import {
  openTestingSignIn,
  paymentsProject,
  testingClient,
  type TestingSignIn,
} from "#test/support/sign-in.ts"

let desk: TestingSignIn
beforeEach(async () => {
  desk = await openTestingSignIn()
})
afterEach(() => desk.close())

const toOwn = (location: string) => location.startsWith(desk.origin)
const toSignIn = (path: string) => `${desk.origin}${apiUrls.signIn({ return: path })}`
const ownCookies = (browser: TestingBrowser) =>
  browser.cookies.filter(({ name }) => !name.startsWith("demo-idp")).map(({ name }) => name)

describe("signing in", () => {
  it("uses the code flow with PKCE, state and nonce", async () => {
    const visit = await createTestingBrowser().send(`${desk.origin}${apiUrls.signIn({ return: "/p/1" })}`)
    expect(visit.status).toBe(303)
    const url = new URL(visit.headers.get("location") ?? "")
    expect(`${url.origin}${url.pathname}`).toBe(`${desk.issuer}/auth`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: testingClient.id,
      response_type: "code",
      redirect_uri: `${desk.origin}/sign-in/callback`,
      scope: "openid profile email",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(visit.headers.get("cache-control")).toBe("no-store")
  })

  it("returns to the page it started from with identity and roles", async () => {
    const browser = await desk.signIn("nadia", "/projects/1?filter=waiting#card")
    const answer = await desk.call(browser, "GET", apiUrls.session())
    expect(answer.status).toBe(200)
    const info = SessionInfo.parse(JSON.parse(answer.text))
    expect(info.user).toEqual({
      issuer: desk.issuer,
      subject: "nadia",
      name: "Nadia Brandt",
      email: "nadia@example.com",
    })
    expect(info.access).toEqual({
      everywhere: null,
      projects: { [paymentsProject]: "requester" },
      auditor: false,
    })
    expect(info.askWhom).toBe("platform@example.com")
    const now = desk.clock.now()
    expect([info.signedInAt, info.idleEndsAt, info.endsAt].map((at) => Date.parse(at) - now)).toEqual([
      0, 1_800_000, 43_200_000,
    ])
    expect(desk.events).toMatchObject([{ action: "sign-in", actor: { subject: "nadia" } }])
  })

  it("leaves no audit row when the session can't be saved", async () => {
    await sql`create trigger full before insert on session when new.subject is not null
      begin select raise(abort, 'no room'); end`.execute(desk.store.db)
    const browser = await desk.signIn("nadia")
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(401)
    expect(desk.events).toEqual([])
  })

  it("grants the access of each role", async () => {
    const access: Record<string, unknown> = {}
    for (const persona of ["olivia", "victor", "sam", "greta"]) {
      const answer = await desk.call(await desk.signIn(persona), "GET", apiUrls.session())
      const { everywhere, projects, auditor } = SessionInfo.parse(JSON.parse(answer.text)).access
      access[persona] = [everywhere, Object.values(projects), auditor]
    }
    expect(access).toEqual({
      olivia: ["administrator", [], false],
      victor: [null, ["viewer", "viewer"], false],
      sam: [null, [], true],
      greta: [null, [], false],
    })
  })

  it("sets one HttpOnly, SameSite cookie", async () => {
    const browser = createTestingBrowser()
    const visit = await browser.send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
    expect(visit.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^peering-desk-session-sign-in-[\w-]{12}=[\w-]+; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/,
      ),
    ])
    expect(ownCookies(await desk.signIn("olivia"))).toEqual(["peering-desk-session"])
  })

  it("works in two tabs of one browser", async () => {
    const browser = createTestingBrowser()
    const first = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/one" })}`)
    const second = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/two" })}`)
    const isDone = (location: string) => location === `${desk.origin}/two`
    const done = await browser.submit(second, { persona: "olivia" }, isDone)
    expect(done.headers.get("location")).toBe(`${desk.origin}/two`)
    const late = await browser.submit(first, { persona: "olivia" }, (at) => at === `${desk.origin}/one`)
    expect(late.headers.get("location")).toBe(`${desk.origin}/one`)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(200)
    expect(desk.events.map(({ action }) => action)).toEqual(["sign-in"])
    expect(ownCookies(browser)).toEqual(["peering-desk-session"])
  })

  it("works in five tabs that begin and come back at the same time", async () => {
    const browser = createTestingBrowser()
    await browser.submit(await browser.follow(toSignIn("/")), { persona: "olivia" }, toOwn)
    const paths = ["/1", "/2", "/3", "/4", "/5"]
    const arrivals = await Promise.all(
      paths.map((path) => browser.follow(toSignIn(path), {}, (at) => at === `${desk.origin}${path}`)),
    )
    expect(arrivals.map(({ headers }) => headers.get("location"))).toEqual(
      paths.map((path) => `${desk.origin}${path}`),
    )
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(200)
    expect(new Set(desk.events.map(({ action }) => action))).toEqual(new Set(["sign-in"]))
  })

  it("leads home with a callback that this signed-in browser does not wait for", async () => {
    const browser = await desk.signIn("olivia")
    const visit = await browser.send(`${desk.origin}${apiUrls.signInCallback()}?code=x&state=a-foreign-state`)
    expect([visit.status, visit.headers.get("location")]).toEqual([303, `${desk.origin}/`])
    expect(desk.events.map(({ action }) => action)).toEqual(["sign-in"])
  })

  it("keeps the newest ten sign-ins of a browser, in 8 kB of cookies", async () => {
    const browser = createTestingBrowser()
    for (let begun = 0; begun < 12; begun += 1) await browser.send(toSignIn("/"))
    expect(ownCookies(browser)).toHaveLength(10)
    for (let begun = 0; begun < 5; begun += 1) await browser.send(toSignIn(`/${"x".repeat(2_000)}`))
    expect(browser.cookies.map(({ value }) => value).join("").length).toBeLessThan(12_000)
  })

  it("starts at the public URL, where the cookie is set", async () => {
    const url = new URL(`${desk.origin}${apiUrls.signIn({ return: "/here" })}`)
    url.hostname = "localhost"
    const visit = await createTestingBrowser().send(url.href)
    expect(visit.headers.get("location")).toBe(`${desk.origin}${apiUrls.signIn({ return: "/here" })}`)
    expect(visit.headers.getSetCookie()).toEqual([])
  })

  it("redirects a signed-in person at once", async () => {
    const browser = await desk.signIn("olivia")
    const visit = await browser.send(`${desk.origin}${apiUrls.signIn({ return: "/there" })}`)
    expect(visit.headers.get("location")).toBe(`${desk.origin}/there`)
  })

  it("shows the provider's refusal and a retry to the same page", async () => {
    const browser = createTestingBrowser()
    const page = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/pla'ce" })}`)
    const toCallback = await browser.submit(page, { cancel: "yes" }, toOwn)
    const visit = await browser.send(toCallback.headers.get("location") ?? "", {
      headers: { accept: "text/html,*/*" },
    })
    expect(visit.status).toBe(400)
    expect(visit.text).toContain(
      "The identity provider did not let you in, or you cancelled. (access_denied)",
    )
    expect(visit.text).toContain('href="/sign-in?return=%2Fpla&#39;ce"')
    expect(visit.headers.get("content-security-policy")).toMatch(/default-src 'none';style-src 'sha256-/)
    expect(desk.events).toMatchObject([{ action: "sign-in-refused", actor: null }])
  })

  it("reports a provider that is down at the start and works once it is back", async () => {
    const provider = await openHostileProvider()
    provider.setAway(true)
    const late = await openTestingSignIn({ issuer: provider.issuer })
    const ask = () =>
      createTestingBrowser().send(`${late.origin}${apiUrls.signIn({ return: "/" })}`, {
        headers: { accept: "application/json" },
      })
    const before = await ask()
    provider.setAway(false)
    const after = await ask()
    await late.close()
    await provider.close()
    expect([before.status, Problem.parse(JSON.parse(before.text)).code]).toEqual([
      503,
      "identity_provider_unreachable",
    ])
    expect(after.status).toBe(303)
    expect(after.headers.get("location")).toContain(`${provider.issuer}/auth?`)
  })
})

describe("API calls without a session", () => {
  it("answer 401, name the scheme of API tokens, and set no cookie", async () => {
    for (const path of [apiUrls.session(), apiUrls.sessions(), "/api/whatever"]) {
      const visit = await desk.call(createTestingBrowser(), "GET", path)
      expect([visit.status, Problem.parse(JSON.parse(visit.text)).code]).toEqual([401, "not_signed_in"])
      expect(visit.headers.get("www-authenticate")).toBe('Bearer realm="Peering Desk"')
      expect(visit.headers.getSetCookie()).toEqual([])
    }
  })
})

describe("signing out", () => {
  it("ends the session, clears cookie and site data, and redirects to the provider", async () => {
    const browser = await desk.signIn("olivia")
    const kept = browser.cookies.map((cookie) => ({ ...cookie }))
    const answer = await desk.call(browser, "POST", apiUrls.signOut())
    const { goTo } = SignedOut.parse(JSON.parse(answer.text))
    expect(answer.headers.get("clear-site-data")).toBe('"cache"')
    expect(ownCookies(browser)).toEqual([])

    // The session is over for somebody who kept the cookie as well.
    browser.cookies.splice(0, browser.cookies.length, ...kept)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(401)

    const page = await browser.follow(goTo ?? "")
    const home = await browser.submit(page, { logout: "yes" }, toOwn)
    expect(home.headers.get("location")).toBe(`${desk.origin}/`)
    const again = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
    expect(again.text).toContain("Who are you?")
  })

  it("may be repeated", async () => {
    const browser = await desk.signIn("olivia")
    await desk.call(browser, "POST", apiUrls.signOut())
    const answer = await desk.call(browser, "POST", apiUrls.signOut())
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { goTo: null }])
  })

  it("can't be triggered by another site", async () => {
    const browser = await desk.signIn("olivia")
    const forged = await browser.send(`${desk.origin}${apiUrls.signOut()}`, {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" },
    })
    expect(forged.status).toBe(403)
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(200)
  })

  it("ends the session here after sign-out at the provider", async () => {
    const browser = await desk.signIn("olivia")
    const page = await browser.follow(`${desk.issuer}/session/end?client_id=${testingClient.id}`)
    await browser.submit(page, { logout: "yes" })
    expect((await desk.call(browser, "GET", apiUrls.session())).status).toBe(401)
    expect(desk.events.map(({ action }) => action)).toEqual(["sign-in", "session-ended"])
  })
})
