import { get, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestingSignIn, type TestingSignIn } from "#test/support/sign-in.ts"
import { parseSessionSecrets, toSessionCookie } from "./session-cookie.ts"

describe("the session cookie", () => {
  it("has the __Host- prefix over HTTPS", () => {
    expect(toSessionCookie(new URL("https://desk.example"))).toEqual({
      name: "__Host-peering-desk",
      options: { secure: true, httpOnly: true, sameSite: "lax", path: "/" },
    })
  })

  it.each(["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])(
    "has a name without that promise on %s",
    (url) => {
      expect(toSessionCookie(new URL(url))).toMatchObject({
        name: "peering-desk-session",
        options: { secure: false },
      })
    },
  )

  it.each([
    "http://desk.example",
    "http://10.0.0.1",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil",
  ])("is refused over plain HTTP to %s", (url) => {
    expect(() => toSessionCookie(new URL(url))).toThrow(/must be https/)
  })
})

describe("session secrets", () => {
  const [a, b] = ["a secret of thirty-two letters or so", "another that is somewhat longer than it"]
  it("are read newest first", () => {
    expect(parseSessionSecrets(`${a}, ${b}`)).toEqual([a, b])
  })
  it.each(["", "short", `${a},`, `${a},short`, ",".repeat(40)])(
    "%j are refused without being repeated",
    (text) => {
      expect(() => parseSessionSecrets(text)).toThrow(/^must have 32 characters or more in each part/)
    },
  )
})

describe("session cookie with an HTTPS proxy in front", () => {
  let desk: TestingSignIn
  beforeAll(async () => {
    desk = await openTestingSignIn({ publicUrl: new URL("https://desk.example") })
  })
  afterAll(() => desk.close())

  function start(headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const all = { host: "desk.example", accept: "application/json", ...headers }
      get(`${desk.origin}/sign-in`, { agent: false, headers: all }, resolve).on("error", reject)
    })
  }

  it("is the only cookie, Secure and with the __Host- prefix", async () => {
    const answer = await start({ "x-forwarded-proto": "https" })
    answer.resume()
    expect(answer.statusCode).toBe(303)
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^__Host-peering-desk-sign-in-[\w-]{12}=[\w-]+; .*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
      ),
    ])
    expect(answer.headers.location).toContain(encodeURIComponent("https://desk.example/sign-in/callback"))
  })

  it("says what to configure when requests arrive as plain HTTP", async () => {
    const answer = await start({})
    expect(answer.statusCode).toBe(400)
    expect(answer.headers["set-cookie"]).toBeUndefined()
    expect(await text(answer)).toMatch(/TRUST_PROXY.*X-Forwarded-Proto/)
  })
})
