import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { chooseDigestChallenge, parseChallenges, readNextNonce } from "./digest-challenge.ts"

const atlas =
  'Digest realm="MMS Public API", domain="", nonce="669gyxpgL6MGDuSZvQ80Spv3k+Jc99ed", algorithm=MD5, qop="auth", stale=false'

describe("parseChallenges", () => {
  test("reads Atlas's challenge", () => {
    expect(chooseDigestChallenge(atlas)).toEqual({
      realm: "MMS Public API",
      nonce: "669gyxpgL6MGDuSZvQ80Spv3k+Jc99ed",
      opaque: null,
      algorithm: "MD5",
      stale: false,
      userhash: false,
    })
  })

  test("tells several challenges of one header apart", () => {
    const header =
      'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple", Negotiate YII==, Bearer'
    expect(
      parseChallenges(header).map(({ scheme, token68, params }) => [
        scheme,
        token68,
        Object.fromEntries(params),
      ]),
    ).toEqual([
      ["newauth", null, { realm: "apps", type: "1", title: 'Login to "apps"' }],
      ["basic", null, { realm: "simple" }],
      ["negotiate", "YII==", {}],
      ["bearer", null, {}],
    ])
  })

  test("keeps commas, equals signs and parameter names inside quotes", () => {
    const [challenge] = parseChallenges(
      'Digest realm="a, nonce=\\"b\\", c" ,nonce = "d=", qop="auth,auth-int"',
    )
    expect(Object.fromEntries(challenge?.params ?? [])).toEqual({
      realm: 'a, nonce="b", c',
      nonce: "d=",
      qop: "auth,auth-int",
    })
  })

  test("takes any case of names, empty list elements, and the first of a repeated parameter", () => {
    const [challenge] = parseChallenges(',, DIGEST REALM="a",,Nonce=b,nonce=c,')
    expect([challenge?.scheme, challenge?.params.get("realm"), challenge?.params.get("nonce")]).toEqual([
      "digest",
      "a",
      "b",
    ])
  })

  test.each([
    'Digest realm="open',
    'Digest realm=,x="',
    'Digest realm="a" nonce="b"',
    "Digest =",
    "Digest realm;x",
    "Basic Digest realm=a",
    "\u0000",
    "a=b",
  ])("drops text outside the grammar: %j", (header) => {
    expect(parseChallenges(header)).toEqual([])
  })

  test("keeps the challenges before a broken one", () => {
    expect(parseChallenges('Basic realm="a", Digest realm="').map(({ scheme }) => scheme)).toEqual(["basic"])
  })

  const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,7}$/)
  const value = fc.string({ unit: fc.constantFrom("a", "b", " ", ",", "=", '"', "\\", "\t", "é") })
  const params = fc.uniqueArray(fc.tuple(token, value, fc.boolean()), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 5,
  })
  const challenge = fc.record({
    scheme: token,
    content: fc.oneof(fc.constant(null), fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,8}={0,2}$/), params),
  })

  test("returns every challenge that the grammar can express", () => {
    fc.assert(
      fc.property(
        fc.array(challenge, { maxLength: 4 }),
        fc.constantFrom(", ", ",", " ,\t"),
        (challenges, comma) => {
          const written = challenges
            .map(({ scheme, content }) =>
              content === null
                ? scheme
                : `${scheme} ${typeof content === "string" ? content : content.map(format).join(comma)}`,
            )
            .join(comma)
          expect(parseChallenges(written).map((read) => ({ ...read, params: [...read.params] }))).toEqual(
            challenges.map(({ scheme, content }) => ({
              scheme,
              token68: typeof content === "string" ? content : null,
              params: Array.isArray(content) ? content.map(([name, text]) => [name, text]) : [],
            })),
          )
        },
      ),
    )
  })

  function format([name, text, spaced]: [string, string, boolean]): string {
    return `${name}${spaced ? " = " : "="}"${text.replace(/["\\]/g, "\\$&")}"`
  }

  test("never throws for any text", () => {
    const near = fc
      .array(fc.constantFrom("Digest", " ", ",", "=", '"', "\\", "realm", "é", "\u0000", "x"))
      .map((parts) => parts.join(""))
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), near), (text) => {
        expect(() => [parseChallenges(text), chooseDigestChallenge(text)]).not.toThrow()
      }),
    )
  })

  test("parses a header of a megabyte of quotes", () => {
    expect(parseChallenges(`Digest realm=${'"\\'.repeat(500_000)}`)).toEqual([])
  })
})

describe("chooseDigestChallenge", () => {
  const offer = (algorithm: string) =>
    `Digest realm="r", nonce="n-${algorithm}", qop="auth", algorithm=${algorithm}`

  test("takes the strongest known algorithm in any order", () => {
    const offers = ["MD5", "SHA-256", "MD5-sess", "SHA-512-256", "SHA3-999"].map(offer)
    expect(chooseDigestChallenge(offers.join(", "))?.algorithm).toBe("SHA-512-256")
    expect(chooseDigestChallenge(offers.slice(0, 3).toReversed().join(", "))?.algorithm).toBe("SHA-256")
    expect(chooseDigestChallenge(offer("md5-SESS"))?.algorithm).toBe("MD5-sess")
  })

  test("takes Digest beside Basic", () => {
    expect(chooseDigestChallenge(`Basic realm="r", ${atlas}`)?.realm).toBe("MMS Public API")
  })

  test.each([
    ["auth-int alone", 'Digest realm="r", nonce="n", qop="auth-int"'],
    ["no qop", 'Digest realm="r", nonce="n"'],
    ["no nonce", 'Digest realm="r", qop="auth"'],
    ["an empty nonce", 'Digest realm="r", nonce="", qop="auth"'],
    ["no realm", 'Digest nonce="n", qop="auth"'],
    ["a nonce that would need escaping", 'Digest realm="r", nonce="a\\"b", qop="auth"'],
    ["Basic alone", 'Basic realm="r"'],
    ["nothing", ""],
  ])("refuses %s", (_name, header) => {
    expect(chooseDigestChallenge(header)).toBeNull()
    expect(chooseDigestChallenge(null)).toBeNull()
  })

  test("reads stale and qop lists, and takes a missing algorithm for MD5", () => {
    expect(
      chooseDigestChallenge('Digest realm="r", nonce="n", qop="auth-int , AUTH", stale=TRUE'),
    ).toMatchObject({
      algorithm: "MD5",
      stale: true,
    })
  })
})

test("readNextNonce reads Authentication-Info", () => {
  expect(readNextNonce('nextnonce="abc", qop=auth, rspauth="x"')).toBe("abc")
  expect(readNextNonce("qop=auth")).toBeNull()
  expect(readNextNonce(null)).toBeNull()
})
