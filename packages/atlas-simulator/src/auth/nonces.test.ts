import { describe, expect, it } from "vitest"

import { createNonces } from "./nonces.ts"

function createAt() {
  let now = 0
  const nonces = createNonces(() => now)
  return {
    nonces,
    advance: (ms: number) => {
      now += ms
    },
  }
}

describe("a nonce", () => {
  it("has 32 characters of base64 and never repeats", () => {
    const { nonces } = createAt()
    const issued = Array.from({ length: 200 }, () => nonces.issue())
    for (const nonce of issued) expect(nonce).toMatch(/^[A-Za-z0-9+/]{32}$/)
    expect(new Set(issued).size).toBe(200)
  })

  it("takes every count from 1 to 3ff once, in any order, and is stale at 400", () => {
    const { nonces } = createAt()
    const nonce = nonces.issue()
    const counts = Array.from({ length: 1023 }, (_, index) => (1023 - index).toString(16).padStart(8, "0"))
    expect(new Set(counts.map((nc) => nonces.use(nonce, nc)))).toEqual(new Set(["fresh"]))
    expect(nonces.use(nonce, "00000400")).toBe("stale")
    expect(nonces.use(nonce, "000003ff")).toBe("refused")
  })

  it("reads counts as hexadecimal in either case", () => {
    const { nonces } = createAt()
    const nonce = nonces.issue()
    expect(nonces.use(nonce, "0000000a")).toBe("fresh")
    expect(nonces.use(nonce, "0000000A")).toBe("refused")
    expect(nonces.use(nonce, "00000010")).toBe("fresh")
    expect(nonces.use(nonce, "0000000f")).toBe("fresh")
  })

  it.each(["00000000", "0", "", "1g", "-1", "0x1", "000000001", " 1"])("refuses the count %j", (nc) => {
    const { nonces } = createAt()
    expect(nonces.use(nonces.issue(), nc)).toBe("refused")
  })

  it("is stale after sixty seconds", () => {
    const { nonces, advance } = createAt()
    const nonce = nonces.issue()
    advance(59_999)
    expect(nonces.use(nonce, "1")).toBe("fresh")
    advance(1)
    expect(nonces.use(nonce, "2")).toBe("stale")
  })

  it("is stale when it was never issued or is forgotten", () => {
    const { nonces } = createAt()
    const nonce = nonces.issue()
    expect(nonces.use("AAAA", "1")).toBe("stale")
    nonces.forgetAll()
    expect(nonces.use(nonce, "1")).toBe("stale")
  })

  it("leaves memory when it expires", () => {
    const { nonces, advance } = createAt()
    for (let index = 0; index < 1000; index++) nonces.issue()
    advance(60_000)
    nonces.issue()
    expect(nonces.size()).toBe(1)
  })
})
