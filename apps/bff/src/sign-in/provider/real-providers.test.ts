import { createTestingBrowser, type TestingBrowser, type Visit } from "@peering-desk/demo-identity-provider"
import { apiUrls, SessionInfo } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, it } from "vitest"
import { openHostileProvider, sign, type HostileProvider } from "#test/support/hostile-provider.ts"
import { openTestingSignIn, testingClient, type TestingSignIn } from "#test/support/sign-in.ts"
import type { OidcSettings } from "./oidc-client.ts"

let provider: HostileProvider
let desk: TestingSignIn
afterEach(async () => {
  await desk.close()
  await provider.close()
})

async function open(oidc: Partial<OidcSettings> = {}, metadata: Record<string, unknown> = {}): Promise<void> {
  provider = await openHostileProvider({ metadata })
  desk = await openTestingSignIn({ issuer: provider.issuer, oidc })
}

async function signIn(): Promise<{ browser: TestingBrowser; arrival: Visit }> {
  const browser = createTestingBrowser()
  const start = await browser.send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
  const auth = await browser.send(start.headers.get("location") ?? "")
  const back = auth.headers.get("location") ?? ""
  return { browser, arrival: await browser.send(back, { headers: { accept: "text/html" } }) }
}

async function readSession(browser: TestingBrowser): Promise<SessionInfo> {
  return SessionInfo.parse(JSON.parse((await desk.call(browser, "GET", apiUrls.session())).text))
}

const warnings = () => desk.logs.filter((line) => line.includes('"level":40'))
const basicOnly = { token_endpoint_auth_methods_supported: ["client_secret_basic"] }
const both = { token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"] }

describe("the client's secret", () => {
  it("is encoded for Basic as HTML forms do, which leaves a hyphen alone", async () => {
    await open({ clientSecret: "a-b_c.d*e+f/g=h~i j" }, basicOnly)
    await signIn()
    const [header = ""] = provider.tokenRequests().map(({ authorization }) => authorization?.slice(6))
    expect(Buffer.from(header, "base64").toString()).toBe("peering-desk:a-b_c.d*e%2Bf%2Fg%3Dh%7Ei+j")
  })

  it("goes in the form where the provider takes both and Basic is ambiguous", async () => {
    await open({ clientSecret: "with-_+/=" }, both)
    const { arrival } = await signIn()
    expect(arrival.status).toBe(303)
    const [{ authorization, form } = { authorization: "", form: new URLSearchParams() }] =
      provider.tokenRequests()
    expect([authorization, form.get("client_id"), form.get("client_secret")]).toEqual([
      undefined,
      "peering-desk",
      "with-_+/=",
    ])
  })
})

describe("a refusal by the provider", () => {
  it.each([
    ["a body", { status: 401, body: { error: "invalid_client", error_description: "no such client" } }],
    ["a challenge", { status: 401, headers: { "www-authenticate": 'Basic realm="idp"' } }],
  ])("is on the page with what to check, and in the log at warn: %s", async (_name, refusal) => {
    await open()
    provider.refuseWith(refusal)
    const { arrival } = await signIn()
    expect(arrival.status).toBe(400)
    expect(arrival.text).toContain("refused this application&#39;s id or secret")
    for (const word of ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_CLIENT_AUTH", "(invalid_client)"])
      expect(arrival.text).toContain(word)
    expect(warnings()).toEqual([expect.stringContaining('"providerError":"invalid_client"')])
    expect(desk.logs.join("")).not.toContain(testingClient.secret)
  })

  it("shows an error code that no standard lists, and no text that is not a code", async () => {
    await open()
    provider.refuseWith({ status: 400, body: { error: "unmet_condition" } })
    expect((await signIn()).arrival.text).toContain("refused the sign-in. (unmet_condition)")
    provider.refuseWith({ status: 400, body: { error: "<b>" } })
    expect((await signIn()).arrival.text).toContain("(something unreadable)")
  })
})

describe("claims that rules need", () => {
  const withoutGroups = () =>
    provider.answerWith(({ claims: { groups: _left, ...claims }, ...good }) => sign({ ...good, claims }))

  it("come from the UserInfo endpoint when the ID token lacks them", async () => {
    await open()
    withoutGroups()
    provider.setUserInfo({ sub: "mallory", name: "Mallory Poe", groups: ["peering-admins"] })
    const { access, user } = await readSession((await signIn()).browser)
    expect([access.everywhere, user.name]).toEqual(["administrator", "Mallory Poe"])
  })

  it("are not asked for when the ID token has them, nor when the setting says never", async () => {
    await open()
    expect((await readSession((await signIn()).browser)).access.everywhere).toBe("administrator")
    await desk.close()
    desk = await openTestingSignIn({ issuer: provider.issuer, oidc: { usesUserInfo: false } })
    withoutGroups()
    expect((await readSession((await signIn()).browser)).access.everywhere).toBeNull()
  })

  it.each([
    ["is about somebody else", { sub: "olivia", groups: ["peering-admins"] }],
    ["refuses the access token", null],
  ])("refuse the sign-in when the UserInfo endpoint %s", async (_name, answer) => {
    await open()
    withoutGroups()
    provider.setUserInfo(answer)
    expect((await signIn()).arrival.status).toBe(400)
  })
})

describe("the provider's keys", () => {
  it("are read again at once for an unknown key id", async () => {
    await open()
    expect((await signIn()).arrival.status).toBe(303)
    await provider.rotateKey()
    expect((await signIn()).arrival.status).toBe(303)
    expect(provider.keyReads()).toBe(2)
  })

  it("are read at most six times a minute for invented key ids", async () => {
    await open()
    provider.answerWith((good) => sign({ ...good, header: { ...good.header, kid: "invented" } }))
    for (let time = 0; time < 10; time += 1) expect((await signIn()).arrival.status).toBe(400)
    expect(provider.keyReads()).toBe(7)
    await provider.rotateKey()
    provider.answerWith(sign)
    desk.clock.advance(60_000)
    expect((await signIn()).arrival.status).toBe(303)
  })
})

describe("the required way of signing in", () => {
  it("is asked of the provider, and its answer is checked", async () => {
    await open({ maxAgeSeconds: 600, acrValues: ["phr", "mfa"] })
    const start = await createTestingBrowser().send(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
    const asked = new URL(start.headers.get("location") ?? "").searchParams
    expect([asked.get("max_age"), asked.get("acr_values")]).toEqual(["600", "phr mfa"])

    const now = Math.floor(Date.now() / 1000)
    const attempt = async (claims: Record<string, unknown>) => {
      provider.answerWith((good) => sign({ ...good, claims: { ...good.claims, ...claims } }))
      return (await signIn()).arrival.status
    }
    expect(await attempt({ auth_time: now - 60, acr: "mfa" })).toBe(303)
    expect(await attempt({ auth_time: now - 30 * 24 * 3600, acr: "mfa" })).toBe(400)
    expect(await attempt({ acr: "mfa" })).toBe(400)
    expect(await attempt({ auth_time: now - 60, acr: "pwd" })).toBe(400)
    expect(await attempt({ auth_time: now - 60 })).toBe(400)
  })
})
