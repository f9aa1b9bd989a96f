import { createTestingBrowser, type TestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls, idempotencyKeyHeader, SignedOut } from "@peering-desk/shared-schemas"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { openHostileProvider, type HostileProvider } from "#test/support/hostile-provider.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

/** Longer than an answer of the provider counts as its being there. */
const aWhile = 10_000
const page = "/projects/1/connections/new?cloud=AWS"
let provider: HostileProvider
let desk: TestApp
let nadia: TestingBrowser
let cookie: string
beforeAll(async () => {
  provider = await openHostileProvider({ metadata: { end_session_endpoint: "https://sso.example/end" } })
})
afterAll(() => provider.close())
beforeEach(async () => {
  provider.setAway(false)
  desk = await startTestApp({ persona: null, environment: { OIDC_ISSUER: provider.issuer } })
  nadia = createTestingBrowser()
  await follow(nadia, toSignIn("/"), "/")
  cookie = nadia.cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  desk.clock.advance(aWhile)
})
afterEach(() => desk.close())

const toSignIn = (path: string) => `${desk.origin}${apiUrls.signIn({ return: path })}`
const follow = (browser: TestingBrowser, url: string, end: string) =>
  browser.follow(url, {}, (at) => at === `${desk.origin}${end}`)
const open = (browser: TestingBrowser, url: string) => browser.send(url, { headers: { accept: "text/html" } })

/** Follows the button of a page as a browser does, and expects to arrive there signed in. */
async function tryAgain(browser: TestingBrowser, html: string, end: string): Promise<void> {
  const href = /<a href="([^"]*)">Try again<\/a>/.exec(html)?.[1] ?? ""
  const path = href.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
  const arrival = await follow(browser, `${desk.origin}${path}`, end)
  expect(arrival.headers.get("location")).toBe(`${desk.origin}${end}`)
  const { status } = await browser.send(`${desk.origin}${apiUrls.session()}`)
  expect(status).toBe(200)
}

describe("an identity provider that names an address to which no browser may be sent", () => {
  test.each([
    { authorization_endpoint: "javascript:alert(1)" },
    { authorization_endpoint: "data:text/html,hello" },
    { authorization_endpoint: "not an address" },
    { authorization_endpoint: undefined },
    { end_session_endpoint: "javascript:alert(1)" },
  ])("is refused on the sign-in page and named in the log: %j", async (metadata) => {
    const other = await openHostileProvider({ metadata })
    const refusing = await startTestApp({ persona: null, environment: { OIDC_ISSUER: other.issuer } })
    const url = `${refusing.origin}${apiUrls.signIn({ return: page })}`
    const refused = await open(createTestingBrowser(), url)
    expect([refused.status, refused.headers.get("location")]).toEqual([503, null])
    expect(refused.text).toContain("tell your Peering Desk administrator")
    expect(refusing.logs.join("")).toContain(Object.keys(metadata)[0])
    await refusing.close()
    await other.close()
  })
})

describe("an identity provider that goes down after it was found", () => {
  test("keeps a new sign-in here, where a page says what to do and leads on once it is back", async () => {
    provider.setAway(true)
    const browser = createTestingBrowser()
    const refused = await open(browser, toSignIn(page))
    expect([refused.status, refused.headers.get("location")]).toEqual([503, null])
    expect(refused.text).toContain("Can&#39;t reach your organisation&#39;s sign-in")
    expect(refused.text).toContain("Try again in a minute. You return to the same page")
    expect(refused.text).toContain("tell your Peering Desk administrator")
    expect(desk.logs.join("")).toContain("identity_provider_unreachable")
    provider.setAway(false)
    await tryAgain(browser, refused.text, page)
  })

  test("leaves a sign-in that was at the provider meanwhile to be tried again", async () => {
    const browser = createTestingBrowser()
    const toProvider = await open(browser, toSignIn(page))
    const back = await browser.send(toProvider.headers.get("location") ?? "")
    provider.setAway(true)
    const refused = await open(browser, back.headers.get("location") ?? "")
    expect(refused.status).toBe(503)
    provider.setAway(false)
    desk.clock.advance(aWhile)
    await tryAgain(browser, refused.text, page)
  })

  test("lets a signed-in person read, create, follow the stream, and sign out to our own page", async () => {
    const stream = await desk.stream([projectId], { cookie })
    provider.setAway(true)
    desk.clock.advance(aWhile)
    const created = await desk.call("POST", apiUrls.peerings(projectId), {
      headers: { cookie, [idempotencyKeyHeader]: "a-key-made-once-per-form" },
      body: { reason: "Orders move to Atlas", request: requests.AWS },
    })
    expect(created.status).toBe(201)
    await stream.next("peering")
    const read = await desk.call("GET", apiUrls.session(), { headers: { cookie } })
    expect(read.status).toBe(200)
    const out = await desk.call("POST", apiUrls.signOut(), { headers: { cookie } })
    expect(SignedOut.parse(out.json())).toEqual({ goTo: null })
    await stream.ended
  })
})
