import { createTestingBrowser, type TestingBrowser, type Visit } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import {
  openHostileProvider,
  sign,
  signByHand,
  type HostileProvider,
  type TokenParts,
} from "#test/support/hostile-provider.ts"
import { openTestingSignIn, testingClient, type TestingSignIn } from "#test/support/sign-in.ts"

let provider: HostileProvider
let desk: TestingSignIn
beforeAll(async () => {
  provider = await openHostileProvider()
})
afterAll(() => provider.close())
beforeEach(async () => {
  desk = await openTestingSignIn({ issuer: provider.issuer })
})
afterEach(() => desk.close())

const now = Math.floor(Date.now() / 1000)
const about = { sid: "their-session" }

async function signIn(sid = "their-session", at = desk): Promise<TestingBrowser> {
  provider.answerWith((good) => sign({ ...good, claims: { ...good.claims, sid } }))
  const browser = createTestingBrowser()
  await browser.follow(
    `${at.origin}${apiUrls.signIn({ return: "/" })}`,
    {},
    (location) => location === `${at.origin}/`,
  )
  return browser
}

const isSignedIn = async (browser: TestingBrowser, at = desk) =>
  (await at.call(browser, "GET", apiUrls.session())).status === 200

function send(token: string, at = desk): Promise<Visit> {
  return createTestingBrowser().send(`${at.origin}${apiUrls.backChannelLogout()}`, {
    method: "POST",
    body: new URLSearchParams({ logout_token: token }),
  })
}

describe("a valid logout token", () => {
  it("ends the session it names and no other", async () => {
    const [named, other] = [await signIn(), await signIn("another")]
    const answer = await send(await sign(provider.logoutParts(about)))
    expect([answer.status, answer.text, answer.headers.get("cache-control")]).toEqual([200, "", "no-store"])
    expect([await isSignedIn(named), await isSignedIn(other)]).toEqual([false, true])
    expect(desk.events.at(-1)).toMatchObject({
      action: "session-ended",
      detail: { subject: "mallory", how: "by-provider" },
    })
  })

  it("ends all of a person's sessions when it names only a subject", async () => {
    const browsers = [await signIn("one"), await signIn("two")]
    expect((await send(await sign(provider.logoutParts({ sub: "mallory" })))).status).toBe(200)
    expect(await Promise.all(browsers.map((browser) => isSignedIn(browser)))).toEqual([false, false])
  })

  it("is accepted for a person without a session", async () => {
    expect((await send(await sign(provider.logoutParts({ sub: "nobody" })))).status).toBe(200)
  })

  it("may spell its media type in full and in capitals", async () => {
    for (const typ of ["application/logout+jwt", "Logout+JWT"]) {
      const good = provider.logoutParts(about)
      const answer = await send(await sign({ ...good, header: { ...good.header, typ } }))
      expect([typ, answer.status]).toEqual([typ, 200])
    }
  })

  it("is accepted once", async () => {
    const token = await sign(provider.logoutParts(about))
    expect((await send(token)).status).toBe(200)
    const browser = await signIn()
    const again = await send(token)
    expect([again.status, again.text]).toEqual([400, expect.stringContaining("was used before")])
    expect(await isSignedIn(browser)).toBe(true)
  })

  it("is remembered longer than it is valid", async () => {
    const token = await sign(provider.logoutParts({ ...about, iat: now + 250, exp: now + 3600 }))
    expect((await send(token)).text).toBe("")
    desk.clock.advance(540_000)
    expect((await send(token)).text).toContain("was used before")
    desk.clock.advance(60_000)
    expect((await send(token)).text).toContain("not of this moment")
  })
})

describe("logout token refused", () => {
  const withClaims = (claims: Record<string, unknown>) => (good: TokenParts) =>
    sign({ ...good, claims: { ...good.claims, ...claims } })
  const without = (claim: string) => (good: TokenParts) => {
    const { [claim]: _left, ...claims } = good.claims
    return sign({ ...good, claims })
  }
  const withType = (typ: string | undefined) => (good: TokenParts) =>
    sign({ ...good, header: { alg: "RS256", kid: "own-key", ...(typ !== undefined && { typ }) } })
  const hmac = { alg: "HS256", typ: "logout+jwt" }

  it.each<[string, RegExp, (good: TokenParts) => string | Promise<string>]>([
    ["without a signature", /alg/i, (good) => signByHand(good, { alg: "none", typ: "logout+jwt" }, null)],
    ["signed with the client secret", /alg/i, (good) => signByHand(good, hmac, testingClient.secret)],
    ["signed with the public key", /alg/i, (good) => signByHand(good, hmac, provider.publicKeyPem)],
    ["signed with another key", /signature/, (good) => sign({ ...good, key: provider.strangerKey })],
    ["with an unknown kid", /key/, (good) => sign({ ...good, header: { ...good.header, kid: "x" } })],
    ["of another issuer", /iss/, withClaims({ iss: "https://login.example.com" })],
    ["for another application", /aud/, withClaims({ aud: "another" })],
    ["that has expired", /exp/, withClaims({ exp: now - 400 })],
    ["that does not expire", /exp/, without("exp")],
    ["made long ago", /iat/, withClaims({ iat: now - 301, exp: now + 3600 })],
    ["made in the future", /iat/, withClaims({ iat: now + 400, exp: now + 3600 })],
    ["without the time it was made", /iat/, without("iat")],
    ["without a number of its own", /jti/, without("jti")],
    ["with an empty number", /jti/, withClaims({ jti: "" })],
    ["with a nonce, as an ID token", /nonce/, withClaims({ nonce: "n" })],
    ["without events", /events/, without("events")],
    ["with another event", /events/, withClaims({ events: { "http://schemas.example/other": {} } })],
    [
      "with an event that is a text",
      /events/,
      withClaims({ events: "http://schemas.openid.net/event/backchannel-logout" }),
    ],
    ["about nobody", /neither/, without("sid")],
    ["about a session that is no text", /sid/, withClaims({ sid: 7 })],
    ["of type JWT", /typ/, withType("JWT")],
    ["of no type", /typ/, withType(undefined)],
    ["that is an access token", /typ/, withType("at+jwt")],
  ])("%s", async (_name, reason, make) => {
    const browser = await signIn()
    const answer = await send(await make(provider.logoutParts(about)))
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(reason)])
    expect(await isSignedIn(browser)).toBe(true)
    expect(desk.events.at(-1)).toMatchObject({
      action: "sign-in-refused",
      detail: { why: expect.stringMatching(reason) },
    })
  })

  it.each([
    ["in words", "not a token"],
    ["in parts that say nothing", "x.y.z"],
    ["cut short", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIi"],
  ])("refuses %s without an audit row", async (_name, text) => {
    const browser = await signIn()
    const before = desk.events.length
    const answer = await send(text)
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("logout token")])
    expect(await isSignedIn(browser)).toBe(true)
    expect(desk.events.length).toBe(before)
  })

  it("records repeated refusals once a minute with their number", async () => {
    const forged = await sign({ ...provider.logoutParts(about), key: provider.strangerKey })
    for (let time = 0; time < 20; time += 1) expect((await send(forged)).status).toBe(400)
    expect(desk.events).toHaveLength(1)
    await desk.refusals.stop()
    expect(desk.events).toMatchObject([
      { action: "sign-in-refused", address: "127.0.0.1" },
      { action: "sign-in-refused", address: "127.0.0.1", detail: { times: 19 } },
    ])
  })

  it("records all without the provider's signature as one row a minute, in words of our own", async () => {
    const good = provider.logoutParts(about)
    const words = "\u202eCall 555-0199\n now"
    const header = { alg: "RS256", typ: "logout+jwt", kid: "own-key", crit: [words] }
    const hostile = [
      signByHand(good, header, "x"),
      signByHand(good, { ...header, crit: [`${words} again`] }, "x"),
      signByHand(good, { alg: words, typ: "logout+jwt" }, "x"),
      signByHand(good, { alg: "none", typ: "logout+jwt" }, null),
      await sign({ ...good, header: { ...good.header, kid: words } }),
      await sign({ ...good, key: provider.strangerKey }),
    ]
    for (const token of hostile) {
      const { status, text } = await send(token)
      expect([status, text.includes("555-0199")]).toEqual([400, false])
    }
    await desk.refusals.stop()
    expect(desk.events).toMatchObject([
      {
        action: "sign-in-refused",
        detail: { why: expect.stringMatching(/^The logout token is refused: it/) },
      },
      { action: "sign-in-refused", detail: { times: hostile.length - 1 } },
    ])
    expect(JSON.stringify(desk.events)).not.toContain("555-0199")
  })

  it("refuses a token outside a form field or given twice", async () => {
    const token = await sign(provider.logoutParts(about))
    const url = `${desk.origin}${apiUrls.backChannelLogout()}`
    const twice = new URLSearchParams([
      ["logout_token", token],
      ["logout_token", token],
    ])
    const attempts: RequestInit[] = [
      { method: "POST" },
      { method: "POST", body: twice },
      {
        method: "POST",
        body: JSON.stringify({ logout_token: token }),
        headers: { "content-type": "application/json" },
      },
      { method: "GET" },
    ]
    const statuses = []
    for (const init of attempts) statuses.push((await createTestingBrowser().send(url, init)).status)
    expect(statuses).toEqual([400, 400, 400, 405])
  })
})

describe("allowances for a provider", () => {
  const jwt = (good: TokenParts) => sign({ ...good, header: { ...good.header, typ: "JWT" } })
  const withoutExpiry = (good: TokenParts) => {
    const { exp: _left, ...claims } = good.claims
    return sign({ ...good, claims })
  }

  it("allow what they name and nothing else", async () => {
    const verdicts: Record<string, number[]> = {}
    for (const allowances of [["typ-jwt"], ["no-exp"], ["typ-jwt", "no-exp"]] as const) {
      const lenient = await openTestingSignIn({ issuer: provider.issuer, allowances })
      const tokens = [
        await jwt(provider.logoutParts(about)),
        await withoutExpiry(provider.logoutParts(about)),
        await sign(provider.logoutParts({ ...about, nonce: "n" })),
        await withoutExpiry(provider.logoutParts({ ...about, iat: now - 301 })),
      ]
      const statuses = []
      for (const token of tokens) statuses.push((await send(token, lenient)).status)
      verdicts[allowances.join()] = statuses
      await lenient.close()
    }
    expect(verdicts).toEqual({
      "typ-jwt": [200, 400, 400, 400],
      "no-exp": [400, 200, 400, 400],
      "typ-jwt,no-exp": [200, 200, 400, 400],
    })
  })

  it("accept no ID token as a logout token", async () => {
    const lenient = await openTestingSignIn({ issuer: provider.issuer, allowances: ["typ-jwt", "no-exp"] })
    let idToken = ""
    provider.answerWith(async (good) => (idToken = await sign(good)))
    const browser = createTestingBrowser()
    await browser.follow(
      `${lenient.origin}${apiUrls.signIn({ return: "/" })}`,
      {},
      (at) => at === `${lenient.origin}/`,
    )
    const answer = await send(idToken, lenient)
    const stays = await isSignedIn(browser, lenient)
    await lenient.close()
    expect([answer.status, stays]).toEqual([400, true])
  })
})
