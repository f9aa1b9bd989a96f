import { createHash } from "node:crypto"
import { createTestingBrowser, type Visit } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem, SessionInfo } from "@peering-desk/shared-schemas"
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
  provider.answerWith(sign)
  provider.callBackWith(() => {})
  desk = await openTestingSignIn({ issuer: provider.issuer })
})
afterEach(() => desk.close())

async function signIn(): Promise<{ callback: Visit; session: Visit }> {
  const browser = createTestingBrowser()
  const start = await browser.send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
  const auth = await browser.send(start.headers.get("location") ?? "")
  const callback = await browser.send(auth.headers.get("location") ?? "", {
    headers: { accept: "application/json" },
  })
  return { callback, session: await desk.call(browser, "GET", apiUrls.session()) }
}

/** The result of a sign-in, and why it was refused according to the audit log. */
async function attempt() {
  const { callback, session } = await signIn()
  const [event] = desk.events
  return {
    callback:
      callback.status === 303 ? "303" : `${callback.status} ${Problem.parse(JSON.parse(callback.text)).code}`,
    session: session.status,
    reason: event?.action === "sign-in-refused" ? event.detail.why : null,
  }
}

const refusedBecause = (reason: RegExp) => ({
  callback: "400 sign_in_failed",
  session: 401,
  reason: expect.stringMatching(reason) as unknown,
})

const now = Math.floor(Date.now() / 1000)
const day = 24 * 60 * 60
const withClaims = (claims: Record<string, unknown>) => (good: TokenParts) =>
  sign({ ...good, claims: { ...good.claims, ...claims } })
const typed = (good: TokenParts, typ: string) => ({ ...good, header: { ...good.header, typ } })
const without = (claim: string) => (good: TokenParts) => {
  const { [claim]: _left, ...claims } = good.claims
  return sign({ ...good, claims })
}

describe("a valid ID token", () => {
  it("signs in", async () => {
    const { callback, session } = await signIn()
    expect([callback.status, session.status]).toEqual([303, 200])
    expect(SessionInfo.parse(JSON.parse(session.text)).user.subject).toBe("mallory")
  })

  it("is accepted with the type, hash and party that it may have", async () => {
    const half = createHash("sha256").update("an-access-token").digest().subarray(0, 16)
    const claims = { azp: testingClient.id, at_hash: half.toString("base64url"), iat: now - 240 }
    provider.answerWith((good) => withClaims(claims)(typed(good, "JWT")))
    expect((await signIn()).session.status).toBe(200)
  })

  it("is accepted from a clock five minutes behind, to the second", async () => {
    const began = desk.clock.now()
    // The end of a second is long after the whole second that iat can name.
    desk.clock.advance(999 - (began % 1000))
    provider.answerWith(withClaims({ iat: Math.floor(began / 1000) - 300 }))
    expect((await signIn()).session.status).toBe(200)
  })

  it("is accepted from a clock five minutes ahead", async () => {
    provider.answerWith(withClaims({ iat: now + 290 }))
    expect((await signIn()).session.status).toBe(200)
  })

  it("signs in by issuer and subject even when other claims are malformed", async () => {
    provider.answerWith(
      withClaims({ name: "\u202eevil\nname", email: 7, auth_time: 0, groups: [1, null, ["peering-admins"]] }),
    )
    const info = SessionInfo.parse(JSON.parse((await signIn()).session.text))
    expect(info.user).toMatchObject({ name: "evil name", email: null })
    expect(info.access).toEqual({ everywhere: null, projects: {}, auditor: false })
  })
})

describe("ID token refused", () => {
  const hmac = { alg: "HS256", kid: "own-key" }
  const wrongAlg = /"alg"/
  const wrongSignature = /signature verification failed/
  it.each<[string, RegExp, (good: TokenParts) => string | Promise<string>]>([
    ["without a signature (alg none)", wrongAlg, (good) => signByHand(good, { alg: "none" }, null)],
    ["without a signature, alg None", wrongAlg, (good) => signByHand(good, { alg: "None" }, null)],
    ["signed HS256 with the public key", wrongAlg, (good) => signByHand(good, hmac, provider.publicKeyPem)],
    ["signed HS256 with the client secret", wrongAlg, (good) => signByHand(good, hmac, testingClient.secret)],
    ["signed with an algorithm off the list", wrongAlg, (good) => signByHand(good, { alg: "RS512" }, "x")],
    ["with a critical header", /"crit"/, (good) => signByHand(good, { alg: "RS256", crit: ["b64"] }, "x")],
    ["signed with another key", wrongSignature, (good) => sign({ ...good, key: provider.strangerKey })],
    ["with no signature left", wrongSignature, async (good) => (await sign(good)).replace(/[^.]+$/, "")],
    [
      "changed after signing",
      wrongSignature,
      async (good) => {
        const [head, , signature] = (await sign(good)).split(".")
        const claims = Buffer.from(JSON.stringify({ ...good.claims, sub: "olivia" })).toString("base64url")
        return `${head}.${claims}.${signature}`
      },
    ],
    [
      "with a kid nobody published",
      /no applicable key /,
      (good) => sign({ ...good, header: { alg: "RS256", kid: "another" } }),
    ],
    ["of another issuer", /"iss"/, withClaims({ iss: "https://login.example.com" })],
    ["of the issuer with a slash more", /"iss"/, (good) => withClaims({ iss: `${good.claims.iss}/` })(good)],
    ["for another application", /"aud"/, withClaims({ aud: "another-application" })],
    ["for several, handed out to another", /"azp"/, withClaims({ aud: ["x", testingClient.id], azp: "x" })],
    ["handed out to another application", /azp is another/, withClaims({ azp: "x" })],
    ["of another access token", /at_hash/, withClaims({ at_hash: "bm90LXRoZS1yaWdodC1vbmU" })],
    ["that is a logout token", /typ is not JWT/, (good) => sign(typed(good, "logout+jwt"))],
    ["that is an access token", /typ is not JWT/, (good) => sign(typed(good, "at+jwt"))],
    ["with another nonce", /"nonce"/, withClaims({ nonce: "one of another sign-in" })],
    ["without a nonce", /"nonce"/, without("nonce")],
    ["that has expired", /"exp"/, withClaims({ iat: now - day, exp: now - 3600 })],
    ["that does not expire", /"exp"/, without("exp")],
    ["that is not valid yet", /"nbf"/, withClaims({ nbf: now + day })],
    ["made in the future", /iat is in the future/, withClaims({ iat: now + day, exp: now + 2 * day })],
    ["made ten minutes in the future", /iat is in the future/, withClaims({ iat: now + 600 })],
    ["made at the beginning of time", /iat is before/, withClaims({ iat: 0 })],
    ["made ten minutes before the sign-in", /iat is before/, withClaims({ iat: now - 600 })],
    ["without the time it was made", /"iat"/, without("iat")],
    ["without a subject", /"sub"/, without("sub")],
    ["with an empty subject", /sub is no/, withClaims({ sub: "" })],
    ["with a subject of two lines", /sub is no/, withClaims({ sub: "olivia\nolivia" })],
    ["that is no token", /failed to parse JWT Header/, () => "not.a.token"],
    ["that is missing", /"id_token" property/, () => ""],
  ])("%s", async (_name, reason, make) => {
    provider.answerWith(make)
    expect(await attempt()).toEqual(refusedBecause(reason))
  })
})

describe("callback refused", () => {
  it.each<[string, RegExp, (query: URLSearchParams) => void]>([
    ["without the name of who gives it", /"iss" \(issuer\) missing/, (query) => query.delete("iss")],
    [
      "in the name of another provider (mix-up)",
      /"iss"/,
      (query) => query.set("iss", "https://login.example.com"),
    ],
    ["without a state", /did not start this sign-in/, (query) => query.delete("state")],
    ["with two states", /did not start this sign-in/, (query) => query.append("state", "another")],
    ["with two codes", /"code"/, (query) => query.append("code", "another")],
    ["with a token in it", /implicit/, (query) => query.set("id_token", "x.y.z")],
    [
      "with a refusal in words of the browser's own",
      /^the identity provider answered an unknown error$/,
      (query) => query.set("error", "call_this_number_for_help"),
    ],
    ["wrapped into a token", /JARM/, (query) => query.set("response", "x.y.z")],
  ])("%s", async (_name, reason, change) => {
    const before = provider.redeemed()
    provider.callBackWith(change)
    expect(await attempt()).toEqual(refusedBecause(reason))
    expect(provider.redeemed()).toBe(before)
  })
})

describe("a provider is refused", () => {
  const start = async (issuer: string) => {
    const other = await openTestingSignIn({ issuer })
    const visit = await createTestingBrowser().send(`${other.origin}${apiUrls.signIn({ return: "/" })}`, {
      headers: { accept: "application/json" },
    })
    await other.close()
    return [Problem.parse(JSON.parse(visit.text)).code, other.logs.join("")]
  }

  it("refuses a provider whose issuer differs from the configured one, even by a slash", async () => {
    expect(await start(`${provider.issuer}/`)).toEqual([
      "identity_provider_unreachable",
      expect.stringContaining(`it calls itself ${provider.issuer}; OIDC_ISSUER must be exactly that`),
    ])
  })

  it("names the issuer of a provider that calls itself by another host", async () => {
    const [, logs] = await start(provider.issuer.replace("127.0.0.1", "localhost"))
    expect(logs).toContain(`it calls itself ${provider.issuer}; OIDC_ISSUER must be exactly that`)
  })

  it("refuses a provider that offers only unsupported signature algorithms", async () => {
    const weak = await openHostileProvider({ algorithms: ["none", "HS256"] })
    const [code, logs] = await start(weak.issuer)
    await weak.close()
    expect([code, logs]).toEqual([
      "identity_provider_unreachable",
      expect.stringContaining("it signs ID tokens with none of RS256, PS256, ES256"),
    ])
  })
})

describe("token contents", () => {
  it("appear in no answer, log or event of a sign-in, successful or not", async () => {
    const tokens: string[] = []
    const keep = async (token: string | Promise<string>) => {
      tokens.push(await token)
      return token
    }
    const visits = [await signIn()]
    provider.answerWith((good) => keep(withClaims({ nonce: "wrong" })(good)))
    visits.push(await signIn())
    provider.answerWith((good) => keep(sign({ ...good, key: provider.strangerKey })))
    visits.push(await signIn())
    const shown = JSON.stringify([desk.logs, desk.events, visits.map(({ callback }) => callback.text)])
    expect(tokens).toHaveLength(2)
    for (const secret of [...tokens.flatMap((token) => token.split(".")), testingClient.secret]) {
      expect(shown).not.toContain(secret)
    }
    expect(shown).not.toContain("an-access-token")
    // Codes are as good as tokens until they are redeemed.
    for (const { callback } of visits) {
      const { searchParams } = new URL(callback.url)
      for (const name of ["code", "state"]) expect(shown).not.toContain(searchParams.get(name))
    }
  })
})
