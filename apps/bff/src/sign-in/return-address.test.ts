import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toReturnAddress } from "./return-address.ts"

const origin = "https://desk.example"

describe("a return address", () => {
  it.each([
    "/",
    "/projects/32b6e34b3d91647abb20e7b8",
    "/projects/1?filter=waiting&x=//y#card",
    "/new?draft=1%2F2",
    "/%2f%2fevil.example",
    "/signing-off",
    "/apiary",
  ])("%s is kept", (address) => {
    expect(toReturnAddress(address)).toBe(address)
  })

  it.each([
    undefined,
    null,
    7,
    ["/a", "/b"],
    "",
    "projects",
    "?x",
    "#x",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2f..",
    "//evil.example@desk.example/",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u0000//evil.example",
    "/\t\\evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "/%2e%2e//evil.example",
    "/.\\/evil.example",
    "/a/../\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "HTTPS://evil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://desk.example/1",
    "//[::1]/",
    "//2130706433",
    "//desk.invalid:80@evil.example",
    "http://desk.invalid/",
    "\u2215\u2215evil.example",
    "\uff0f\uff0fevil.example",
    "/sign-in",
    "/sign-in?return=/",
    "/SIGN-IN/callback?code=1",
    "/a/../sign-in",
    "/sign-out",
    "/api/session",
    `/${"a".repeat(3000)}`,
  ])("%j leads to the front page", (hostile) => {
    expect(toReturnAddress(hostile)).toBe("/")
  })

  it("stays a path when it has odd characters", () => {
    expect(toReturnAddress("/\uff0f\uff0fevil.example")).toBe("/%EF%BC%8F%EF%BC%8Fevil.example")
    expect(toReturnAddress("/caf\u00e9?q=\u00fc")).toBe("/caf%C3%A9?q=%C3%BC")
  })

  const piece = fc.oneof(
    fc.constantFrom(
      ..."/ // \\ . .. %2f %2F %5c %2e %00 %09 %0a : @ ? # & = ; https: javascript: evil.example desk.example".split(
        " ",
      ),
    ),
    fc.constantFrom(
      "\t",
      "\n",
      "\r",
      " ",
      "\u0000",
      "\u00a0",
      "\u2028",
      "\uff0f",
      "\u2044",
      "\ufeff",
      "\u202e",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  )

  it("is always on our origin and unchanged when parsed again", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, rooted) => {
        const address = toReturnAddress(`${rooted ? "/" : ""}${pieces.join("")}`)
        expect(new URL(address, `${origin}/sign-in/callback`).origin).toBe(origin)
        expect(new URL(`${origin}${address}`).origin).toBe(origin)
        expect(address).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
        expect(toReturnAddress(address)).toBe(address)
      }),
      { numRuns: 5_000 },
    )
  })
})
