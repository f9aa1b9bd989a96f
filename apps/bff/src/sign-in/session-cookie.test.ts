import { describe, expect, it } from "vitest"
import { isLoopbackHost } from "./loopback.ts"
import { parseSessionSecrets, toSessionCookie } from "./session-cookie.ts"

describe("the session cookie", () => {
  it("over HTTPS is bound to this very host by its name", () => {
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
  ])("is not sent over plain HTTP to %s", (url) => {
    expect(() => toSessionCookie(new URL(url))).toThrow(/must be https/)
  })
})

describe("a loopback host", () => {
  it.each(["127.0.0.1", "127.255.1.2", "localhost", "LOCALHOST", "::1", "[::1]"])("is %s", (name) => {
    expect(isLoopbackHost(name)).toBe(true)
  })
  it.each(["0.0.0.0", "128.0.0.1", "127.0.0.1.nip.io", "127.evil", "", "localhost.localdomain.evil"])(
    "is not %j",
    (name) => {
      expect(isLoopbackHost(name)).toBe(false)
    },
  )
})

describe("session secrets", () => {
  const [a, b] = ["a".repeat(32), "b".repeat(40)]
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
