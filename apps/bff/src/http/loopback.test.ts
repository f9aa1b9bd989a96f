import { describe, expect, it } from "vitest"
import { isLoopbackHost } from "./loopback.ts"

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
