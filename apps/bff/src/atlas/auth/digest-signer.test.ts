import { inspect } from "node:util"
import { afterEach, describe, expect, test } from "vitest"
import { systemClock, type Clock } from "#base/clock.ts"
import type { BegunAnswer } from "#atlas/protocol/http-answer.ts"
import { SendFailed } from "./atlas-signer.ts"
import { DigestSigner, NoChallenge } from "./digest-signer.ts"
import { sendSigned } from "./send-request.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import {
  atlasOffer,
  readCredentials,
  respondJson,
  startDigestServer,
  testingKey,
  type DigestServer,
} from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

const never = new AbortController().signal

function createDigest(overrides: { clock?: Clock; privateKey?: string; createCnonce?: () => string } = {}) {
  return new DigestSigner({ ...testingKey, clock: systemClock, timeoutMs: 5_000, ...overrides })
}

async function statusOf(response: Promise<BegunAnswer>): Promise<number> {
  const answer = await response
  await answer.text()
  return answer.status
}

/** The credentials of every signed request, in the order of arrival. */
const signed = () =>
  server.requests.flatMap(({ headers }) =>
    headers.authorization === undefined ? [] : [readCredentials(headers.authorization)],
  )

describe("the examples of RFC 7616", () => {
  const mufasa = { publicKey: "Mufasa", privateKey: "Circle of Life" }
  const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
  const opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
  const offer = (algorithm: string) =>
    `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`

  async function sign(offers: string[], key: typeof mufasa, createCnonce: () => string, path: string) {
    server = await startDigestServer({ offers })
    const digest = new DigestSigner({ ...key, clock: systemClock, timeoutMs: 5_000, createCnonce })
    await statusOf(sendSigned(digest, `${server.origin}${path}`, { signal: never }))
    return signed()[0]
  }

  test.each([
    ["MD5", [offer("MD5")], "8ca523f5e9506fed4657c9700eebdbec"],
    [
      "SHA-256",
      [offer("MD5"), offer("SHA-256")],
      "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    ],
  ])("match §3.9.1 with %s", async (algorithm, offers, response) => {
    const cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    expect(await sign(offers, mufasa, () => cnonce, "/dir/index.html")).toEqual({
      username: "Mufasa",
      realm: "http-auth@example.org",
      uri: "/dir/index.html",
      algorithm,
      nonce,
      nc: "00000001",
      cnonce,
      qop: "auth",
      response,
      opaque,
    })
  })

  test("match §3.9.2 with SHA-512-256 and a hashed name, as corrected by erratum 4897", async () => {
    const jason = { publicKey: "J\u00e4s\u00f8n Doe", privateKey: "Secret, or not?" }
    const cnonce = "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"
    const challenge =
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true'
    expect(await sign([challenge], jason, () => cnonce, "/doe.json")).toMatchObject({
      username: "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b",
      response: "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5",
      userhash: "true",
    })
  })

  test("hash a realm with quotes without its backslashes", async () => {
    const credentials = await sign(
      ['Digest realm="say \\"friend\\"", qop="auth", nonce="n"'],
      mufasa,
      () => "c",
      "/",
    )
    expect(credentials).toMatchObject({
      realm: 'say \\"friend\\"',
      response: "1d6dd81acc098718ee843f98d379adeb",
    })
  })
})

describe("signing", () => {
  test.each(["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"])(
    "signs call after call with %s",
    async (algorithm) => {
      server = await startDigestServer({ offers: ['Basic realm="x"', atlasOffer.replace("MD5", algorithm)] })
      const digest = createDigest()
      for (let call = 0; call < 20; call += 1)
        expect(await statusOf(sendSigned(digest, `${server.origin}/a?b=c`, { signal: never }))).toBe(200)
      expect(server.requests).toHaveLength(21)
      expect(signed().map(({ nc }) => nc)).toEqual(
        Array.from({ length: 20 }, (_, index) => (index + 1).toString(16).padStart(8, "0")),
      )
      expect(new Set(signed().map(({ cnonce }) => cnonce)).size).toBe(algorithm.endsWith("-sess") ? 1 : 20)
    },
  )

  test("takes URL objects, drops the fragment, and signs path and query as they are sent", async () => {
    server = await startDigestServer()
    const digest = createDigest()
    for (const target of [
      new URL(`${server.origin}?x=1#part`),
      `${server.origin}/a%20b//c?d=%2F&e#f`,
      `${server.origin}/\u00e4`,
    ])
      expect(await statusOf(sendSigned(digest, target, { signal: never }))).toBe(200)
    expect(signed().map(({ uri }) => uri)).toEqual(["/?x=1", "/a%20b//c?d=%2F&e", "/%C3%A4"])
  })

  test("sends the caller's headers and leaves them alone", async () => {
    server = await startDigestServer()
    const headers = { accept: "a/b" }
    expect(await statusOf(sendSigned(createDigest(), server.origin, { headers, signal: never }))).toBe(200)
    expect(server.requests.map((request) => request.headers.accept)).toEqual(["a/b", "a/b"])
    expect(headers).toEqual({ accept: "a/b" })
  })

  test("a POST carries its body once, signed, after a challenge fetched by a GET", async () => {
    server = await startDigestServer()
    expect(
      await statusOf(
        sendSigned(createDigest(), server.origin, { method: "POST", body: "{}", signal: never }),
      ),
    ).toBe(200)
    expect(server.requests.map(({ method, body, verdict }) => [method, body, verdict])).toEqual([
      ["GET", "", "unsigned"],
      ["POST", "{}", "accepted"],
    ])
  })

  test("a next nonce from Authentication-Info is used for the next call", async () => {
    server = await startDigestServer({
      handle: (_request, response) => {
        response.setHeader("authentication-info", 'nextnonce="the-next"')
        respondJson(response, 200, {})
      },
    })
    const digest = createDigest()
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    expect(signed()[1]).toMatchObject({ nonce: "the-next", nc: "00000001" })
  })

  test("a redirect is returned as an answer", async () => {
    server = await startDigestServer({
      handle: (_request, response) => response.writeHead(302, { location: "/elsewhere" }).end(),
    })
    expect(await statusOf(sendSigned(createDigest(), server.origin, { signal: never }))).toBe(302)
    expect(server.requests.some(({ url }) => url === "/elsewhere")).toBe(false)
  })
})

describe("nonces", () => {
  test("twenty cold calls at once share one challenge", async () => {
    server = await startDigestServer()
    const digest = createDigest()
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => statusOf(sendSigned(digest, server.origin, { signal: never }))),
    )
    expect(statuses.every((status) => status === 200)).toBe(true)
    expect([server.requests.length, server.count("unsigned"), server.count("accepted")]).toEqual([21, 1, 20])
  })

  test("a nonce is given up after 45 s without calls, before the server refuses it", async () => {
    const clock = createTestingClock()
    server = await startDigestServer({ now: () => clock.now() })
    const digest = createDigest({ clock })
    for (const pause of [0, 45_000, 39_999, 5_001]) {
      clock.advance(pause)
      expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(200)
    }
    expect([server.count("unsigned"), server.count("stale"), server.requests.length]).toEqual([3, 0, 7])
  })

  test("a clock set back does not keep a nonce alive", async () => {
    const clock = createTestingClock()
    server = await startDigestServer({ now: () => clock.now() })
    const digest = createDigest({ clock })
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    clock.step(-3_600_000)
    clock.advance(45_000)
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    expect(server.count("unsigned")).toBe(2)
  })

  test("a stale nonce costs one more request and restarts the count [G5]", async () => {
    server = await startDigestServer()
    const digest = createDigest()
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    server.forgetNonces()
    expect(
      await statusOf(sendSigned(digest, server.origin, { method: "POST", body: "x", signal: never })),
    ).toBe(200)
    expect(server.requests.map(({ verdict }) => verdict)).toEqual([
      "unsigned",
      "accepted",
      "stale",
      "accepted",
    ])
    expect(signed().map(({ nc }) => nc)).toEqual(["00000001", "00000002", "00000001"])
  })

  test("64 calls with the same stale nonce continue with one new nonce", async () => {
    server = await startDigestServer()
    const digest = createDigest()
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    server.forgetNonces()
    await Promise.all(
      Array.from({ length: 64 }, () => statusOf(sendSigned(digest, server.origin, { signal: never }))),
    )
    const before = server.requests.length
    expect([server.count("unsigned"), server.count("accepted"), before]).toEqual([1, 65, 2 + 64 + 64])
    const used = new Set(
      server.requests.flatMap(({ verdict, headers }) =>
        verdict === "accepted" ? [readCredentials(headers.authorization ?? "")["nonce"]] : [],
      ),
    )
    expect(used.size).toBe(2)
  })
})

describe("nonces that are stale again at once", () => {
  test.each([
    { usesPerNonce: 1, atOnce: 4, method: "GET" as const },
    { usesPerNonce: 1, atOnce: 64, method: "POST" as const },
    { usesPerNonce: 20, atOnce: 64, method: "POST" as const },
  ])(
    "$atOnce $method calls at once succeed, each carried out once, when a nonce is good for $usesPerNonce uses",
    async ({ usesPerNonce, atOnce, method }) => {
      server = await startDigestServer({ usesPerNonce })
      const digest = createDigest()
      const calls = Array.from({ length: atOnce }, (_, call) => `${server.origin}/${call}`)
      const statuses = await Promise.all(
        calls.map((url) => statusOf(sendSigned(digest, url, { method, signal: never }))),
      )
      expect(new Set(statuses)).toEqual(new Set([200]))
      const carriedOut = server.requests.filter(({ verdict }) => verdict === "accepted").map(({ url }) => url)
      expect(carriedOut.toSorted()).toEqual([...new Set(carriedOut)].toSorted())
      const tries = new Map<string, number>()
      for (const { url, verdict } of server.requests)
        if (verdict !== "unsigned") tries.set(url, (tries.get(url) ?? 0) + 1)
      expect([tries.size, Math.max(...tries.values())]).toEqual([atOnce, expect.toSatisfy((n) => n <= 3)])
    },
  )

  test("a wrong key is tried once more after a stale nonce, and no third time", async () => {
    server = await startDigestServer()
    const digest = createDigest({ privateKey: "wrong" })
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    server.forgetNonces()
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(401)
    expect(server.requests.map(({ verdict }) => verdict)).toEqual(["unsigned", "wrong", "stale", "wrong"])
  })
})

describe("refusals", () => {
  test("a wrong key is tried once per call", async () => {
    server = await startDigestServer()
    const digest = createDigest({ privateKey: "wrong" })
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(401)
    expect(server.requests.map(({ verdict }) => verdict)).toEqual(["unsigned", "wrong"])
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(401)
    expect(server.requests).toHaveLength(3)
  })

  test("a key that stops working is tried twice at most", async () => {
    let revoked = false
    server = await startDigestServer({
      intercept: (request) => {
        if (revoked && request.verdict === "accepted") request.verdict = "wrong"
        return false
      },
    })
    const digest = createDigest()
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    revoked = true
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(401)
    expect(server.count("wrong")).toBe(2)
  })

  test("a server that calls every nonce stale gets three tries", async () => {
    server = await startDigestServer({ offers: [atlasOffer.replace("NONCE", "never-known")] })
    expect(await statusOf(sendSigned(createDigest(), server.origin, { signal: never }))).toBe(401)
    expect(server.requests.map(({ verdict }) => verdict)).toEqual(["unsigned", "stale", "stale", "stale"])
  })

  test("a challenge that offers only auth-int is refused without a second try", async () => {
    server = await startDigestServer({ offers: [atlasOffer.replace("auth", "auth-int")] })
    await expect(sendSigned(createDigest(), server.origin, { signal: never })).rejects.toThrow(NoChallenge)
    expect(server.requests).toHaveLength(1)
  })

  test("a server that asks for no key receives no POST", async () => {
    server = await startDigestServer({
      intercept: (_request, response) => (respondJson(response, 200, {}), true),
    })
    await expect(
      sendSigned(createDigest(), server.origin, { method: "POST", body: "x", signal: never }),
    ).rejects.toThrow(NoChallenge)
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"])
  })

  test("large 401 bodies are read, and their connections used again", async () => {
    server = await startDigestServer({ refusalLength: 256_000 })
    const digest = createDigest()
    for (let call = 0; call < 10; call += 1) {
      expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(200)
      server.forgetNonces()
    }
    expect([server.count("unsigned"), server.count("stale")]).toEqual([1, 9])
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  test("a caller that aborts leaves the challenge to the others that wait for it", async () => {
    let release: () => void = () => undefined
    server = await startDigestServer({
      intercept: ({ verdict }, response) => {
        if (verdict !== "unsigned") return false
        release = () =>
          response.writeHead(401, { "www-authenticate": atlasOffer.replace("NONCE", "n") }).end()
        asked()
        return true
      },
    })
    let asked: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    const digest = createDigest()
    const impatient = new AbortController()
    const first = sendSigned(digest, server.origin, { signal: impatient.signal })
    const second = sendSigned(digest, server.origin, { signal: never })
    await waiting
    impatient.abort()
    await expect(first).rejects.toMatchObject({ carriedRequest: false })
    release()
    expect(await statusOf(second)).toBe(200)
    expect(server.requests.filter(({ verdict }) => verdict === "unsigned")).toHaveLength(1)
  })

  test("inspecting DigestSigner or its errors does not show the private key", async () => {
    server = await startDigestServer()
    const digest = createDigest()
    await statusOf(sendSigned(digest, server.origin, { signal: never }))
    const failure: unknown = await sendSigned(digest, "http://127.0.0.1:1/", {
      signal: AbortSignal.abort(),
    }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SendFailed)
    const shown = [digest, failure]
      .map((value) => inspect(value, { depth: Infinity, showHidden: true }) + JSON.stringify(value))
      .join()
    expect(shown).not.toContain(testingKey.privateKey)
    expect(shown).not.toMatch(/[Dd]igest username|response=/)
  })
})
