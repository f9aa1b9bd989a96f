import { createHash, randomBytes } from "node:crypto"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, type JWTPayload } from "jose"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { createDemoIdentityProvider, type DemoIdentityProvider } from "./demo-identity-provider.ts"
import { demoPersonas } from "./personas.ts"
import { createSigningKeys } from "./signing-keys.ts"
import { createTestingBrowser, type TestingBrowser, type Visit } from "./testing-browser.ts"

// Creating an RSA key takes longer than everything else here.
const keys = createSigningKeys()
const client = { id: "an-application", secret: "a client's secret: with % and +" }
const verifier = randomBytes(32).toString("base64url")
const problems: string[] = []
/** The logout tokens that the application received on its back channel. */
let logoutTokens: string[]
let application: Server
let home: string
let provider: DemoIdentityProvider
let issuer: string
let browser: TestingBrowser

beforeEach(async () => {
  logoutTokens = []
  problems.length = 0
  application = createServer((request, response) => {
    let body = ""
    request.on("data", (part: Buffer) => (body += part.toString()))
    request.on("end", () => {
      logoutTokens.push(new URLSearchParams(body).get("logout_token") ?? "")
      response.end()
    })
  })
  application.listen(0, "127.0.0.1")
  await once(application, "listening")
  home = `http://127.0.0.1:${(application.address() as AddressInfo).port}`
  provider = createDemoIdentityProvider({
    client: {
      ...client,
      redirectUris: [`${home}/callback`],
      postLogoutRedirectUris: [`${home}/`],
      backChannelLogoutUri: `${home}/logout`,
    },
    keys: await keys,
    onProblem: (problem) => problems.push(problem),
  })
  issuer = (await provider.listen()).issuer
  browser = createTestingBrowser()
})

afterEach(async () => {
  await provider.close()
  application.closeAllConnections()
  application.close()
})

const isHome = (location: string) => location.startsWith(home)

function toSignInUrl(extra: Record<string, string> = {}): string {
  const parameters = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: `${home}/callback`,
    scope: "openid profile email",
    state: "a-state",
    nonce: "a-nonce",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...extra,
  })
  return `${issuer}/auth?${parameters.toString()}`
}

async function pick(persona: string): Promise<URL> {
  const page = await browser.follow(toSignInUrl())
  const visit = await browser.submit(page, { persona }, isHome)
  return new URL(visit.headers.get("location") ?? "")
}

async function redeem(code: string): Promise<{ id_token: string }> {
  const basic = [client.id, client.secret].map(encodeURIComponent).join(":")
  const answer = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(basic).toString("base64")}` },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: `${home}/callback`,
      code_verifier: verifier,
    }),
  })
  return (await answer.json()) as { id_token: string }
}

async function readToken(token: string): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`))
  return (await jwtVerify(token, keys, { issuer, audience: client.id, algorithms: ["RS256"] })).payload
}

describe("the sign-in page", () => {
  it("lists every persona with what they may do", async () => {
    const page = await browser.follow(toSignInUrl())
    expect(page.status).toBe(200)
    for (const { name, may } of demoPersonas) {
      expect(page.text).toContain(name)
      expect(page.text).toContain(may)
    }
  })

  it("loads nothing, and leads only here and to the application", async () => {
    const page = await browser.follow(toSignInUrl())
    const policy = page.headers.get("content-security-policy") ?? ""
    const directives = policy.split(";")
    expect(directives).toContain("default-src 'none'")
    expect(directives).toContain("base-uri 'none'")
    expect(directives).toContain("frame-ancestors 'none'")
    expect(directives).toContain(`form-action 'self' ${home}`)
    expect(policy).not.toContain("unsafe")
    const style = /<style>([\s\S]*)<\/style>/.exec(page.text)?.[1] ?? ""
    expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`)
    expect(page.headers.get("cache-control")).toBe("no-store")
  })

  it("returns access_denied to the application when nobody is picked", async () => {
    const page = await browser.follow(toSignInUrl())
    const visit = await browser.submit(page, { cancel: "yes" }, isHome)
    const answer = new URL(visit.headers.get("location") ?? "").searchParams
    expect([answer.get("error"), answer.get("state")]).toEqual(["access_denied", "a-state"])
  })

  it("says after Back that its sign-in is over", async () => {
    const page = await browser.follow(toSignInUrl())
    await browser.submit(page, { persona: "olivia" }, isHome)
    const back = await browser.send(page.url)
    expect(back.status).toBe(400)
    expect(back.text).toContain("This sign-in is over")
    expect(back.text).not.toContain("SessionNotFound")
  })

  it("gives tabs that sign in at the same time codes that are all good", async () => {
    await pick("olivia")
    const visits = await Promise.all(
      Array.from({ length: 3 }, () => browser.follow(toSignInUrl(), undefined, isHome)),
    )
    for (const { headers } of visits) {
      const { searchParams } = new URL(headers.get("location") ?? "")
      expect(await redeem(searchParams.get("code") ?? "")).toHaveProperty("id_token")
    }
  })

  it("lets nobody in without a page who was removed", async () => {
    await pick("olivia")
    await provider.setPersonas(demoPersonas.filter(({ id }) => id !== "olivia"))
    const visit = await browser.follow(toSignInUrl({ prompt: "none" }), undefined, isHome)
    expect(new URL(visit.headers.get("location") ?? "").searchParams.get("error")).toBe("login_required")
  })

  it("requires PKCE", async () => {
    const visit = await browser.send(toSignInUrl().replace(/&code_challenge.*$/, ""))
    expect(visit.headers.get("location")).toMatch(/error=invalid_request.*PKCE/)
  })
})

describe("an ID token", () => {
  it.each(demoPersonas)("names $name and their groups", async ({ id, name, email, groups }) => {
    const answer = await pick(id)
    expect(answer.searchParams.get("iss")).toBe(issuer)
    const { id_token } = await redeem(answer.searchParams.get("code") ?? "")
    const claims = await readToken(id_token)
    expect(claims).toMatchObject({ sub: id, name, email, groups, nonce: "a-nonce" })
    expect(claims["sid"]).toEqual(expect.any(String))
  })
})

describe("the sign-out page", () => {
  function toSignOutUrl(): string {
    const parameters = { client_id: client.id, post_logout_redirect_uri: `${home}/`, state: "s" }
    return `${issuer}/session/end?${new URLSearchParams(parameters).toString()}`
  }

  async function clickThrough(page: Visit): Promise<string | null> {
    expect(page.status).toBe(200)
    const visit = await browser.submit(page, { logout: "yes" }, isHome)
    return visit.headers.get("location")
  }

  it("confirms itself, sends a logout token on the back channel, and leads back", async () => {
    const { id_token } = await redeem((await pick("olivia")).searchParams.get("code") ?? "")
    const { sid } = await readToken(id_token)

    const page = await browser.follow(toSignOutUrl())
    const script = /<script>([\s\S]*)<\/script>/.exec(page.text)?.[1] ?? ""
    expect(script).toContain("click()")
    expect(page.headers.get("content-security-policy")).toContain(
      `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    )
    expect(await clickThrough(page)).toBe(`${home}/?state=s`)

    expect(problems).toEqual([])
    expect(logoutTokens).toHaveLength(1)
    expect(decodeProtectedHeader(logoutTokens[0] ?? "").typ).toBe("logout+jwt")
    expect(await readToken(logoutTokens[0] ?? "")).toMatchObject({ sid, jti: expect.any(String) })
  })

  it("ends the session: the next sign-in lists the personas again", async () => {
    await pick("olivia")
    const again = await browser.follow(toSignInUrl(), undefined, isHome)
    expect(again.headers.get("location")).toContain("code=")
    await clickThrough(await browser.follow(toSignOutUrl()))
    expect((await browser.follow(toSignInUrl())).text).toContain("Who are you?")
  })

  it("leads back to the application when nobody was signed in", async () => {
    expect(await clickThrough(await browser.follow(toSignOutUrl()))).toBe(`${home}/?state=s`)
    expect(logoutTokens).toEqual([])
  })
})

describe("an invalid authorization request", () => {
  it("gets an error page that escapes its input", async () => {
    const visit = await browser.send(toSignInUrl({ client_id: "<b>nobody</b>" }))
    expect(visit.status).toBe(400)
    expect(visit.text).toContain("That did not work")
    expect(visit.text).not.toContain("<b>nobody")
  })
})
