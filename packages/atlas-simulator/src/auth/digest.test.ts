import fc from "fast-check"
import { describe, expect, it } from "vitest"

import { parseDigestHeader } from "./digest-header.ts"
import { computeResponse, toChallenge, verifyDigest } from "./digest-verifier.ts"
import { createNonces } from "./nonces.ts"
import { toAuthorization } from "#testing-caller.ts"

describe("computeResponse", () => {
  it("returns the response of RFC 2617 section 3.5", () => {
    expect(
      computeResponse({
        username: "Mufasa",
        realm: "testrealm@host.com",
        password: "Circle Of Life",
        method: "GET",
        uri: "/dir/index.html",
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        nc: "00000001",
        cnonce: "0a4f113b",
      }),
    ).toBe("6629fae49393a05397450978507c4ef1")
  })

  it("returns the MD5 response of RFC 7616 section 3.9.1", () => {
    expect(
      computeResponse({
        username: "Mufasa",
        realm: "http-auth@example.org",
        password: "Circle of Life",
        method: "GET",
        uri: "/dir/index.html",
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        nc: "00000001",
        cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
      }),
    ).toBe("8ca523f5e9506fed4657c9700eebdbec")
  })
})

describe("toChallenge", () => {
  it("writes Atlas's challenge byte for byte", () => {
    expect(toChallenge("669gyxpgL6MGDuSZvQ80Spv3k+Jc99ed", false)).toBe(
      'Digest realm="MMS Public API", domain="", nonce="669gyxpgL6MGDuSZvQ80Spv3k+Jc99ed", algorithm=MD5, qop="auth", stale=false',
    )
  })
})

const header = (fields: Record<string, string>) =>
  `Digest ${Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ")}`
const complete = {
  username: '"simowner"',
  realm: '"MMS Public API"',
  nonce: '"abc"',
  uri: '"/x?a=1,b=\\"2\\""',
  response: '"00"',
  qop: "auth",
  nc: "00000001",
  cnonce: '"c"',
}

describe("parseDigestHeader", () => {
  it("reads quoted commas, escaped quotes and bare tokens", () => {
    expect(parseDigestHeader(header(complete))).toMatchObject({
      username: "simowner",
      uri: '/x?a=1,b="2"',
      qop: "auth",
      nc: "00000001",
    })
  })

  it.each(Object.keys(complete))("returns null without %s", (name) => {
    const { [name]: _left, ...rest } = complete as Record<string, string>
    expect(parseDigestHeader(header(rest))).toBeNull()
  })

  it("returns null for a repeated field, another scheme and a truncated header", () => {
    expect(parseDigestHeader(`${header(complete)}, uri="/y"`)).toBeNull()
    expect(parseDigestHeader("Basic c2ltb3duZXI6eA==")).toBeNull()
    expect(parseDigestHeader(`${header(complete)}, opaque="un`)).toBeNull()
  })

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseDigestHeader(`Digest ${text}`)).not.toThrow()
      }),
    )
  })

  it("reads back any quoted user name and path", () => {
    fc.assert(
      fc.property(fc.string(), fc.webPath(), (username, uri) => {
        const quoted = `"${username.replace(/["\\]/g, "\\$&")}"`
        const read = parseDigestHeader(header({ ...complete, username: quoted, uri: `"${uri}"` }))
        expect([read?.username, read?.uri]).toEqual([username, uri])
      }),
    )
  })
})

describe("verifyDigest", () => {
  const nonces = createNonces(() => 0)
  const verify = (authorization: string, target = "/x?a=1") =>
    verifyDigest({
      header: authorization,
      method: "GET",
      target,
      nonces,
      findSecret: (publicKey) => (publicKey === "simowner" ? "secret" : null),
    })
  const signed = () => ({
    publicKey: "simowner",
    privateKey: "secret",
    method: "GET",
    uri: "/x?a=1",
    nonce: nonces.issue(),
    nc: "00000001",
  })

  it("returns the signing key", () => {
    expect(verify(toAuthorization(signed()))).toEqual({ publicKey: "simowner" })
  })

  it.each([
    ["another realm", (text: string) => text.replace("MMS Public API", "Other")],
    ["another algorithm", (text: string) => text.replace("algorithm=MD5", "algorithm=SHA-256")],
    ["another quality of protection", (text: string) => text.replace("qop=auth", "qop=auth-int")],
    [
      "a response with one digit changed",
      (text: string) => text.replace(/.(?="$)/, (d) => (d === "0" ? "1" : "0")),
    ],
    ["a truncated response", (text: string) => text.replace(/.(?="$)/, "")],
  ])("refuses %s without calling the nonce stale", (_name, spoil) => {
    expect(verify(spoil(toAuthorization(signed())))).toEqual({ publicKey: null, stale: false })
  })

  it("refuses a signature over another method, and an unknown key with any secret", () => {
    const refused = { publicKey: null, stale: false }
    expect(verify(toAuthorization({ ...signed(), method: "POST" }))).toEqual(refused)
    expect(verify(toAuthorization({ ...signed(), publicKey: "nobody" }))).toEqual(refused)
    expect(verify(toAuthorization({ ...signed(), publicKey: "nobody", privateKey: "" }))).toEqual(refused)
  })
})
