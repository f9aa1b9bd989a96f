import { afterEach, expect, test } from "vitest"
import type { Clock } from "#base/clock.ts"
import type { BegunAnswer } from "#atlas/protocol/http-answer.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { atlasOffer, startDigestServer, testingKey, type DigestServer } from "#test/support/digest-server.ts"
import { DigestSigner } from "./digest-signer.ts"
import { sendSigned } from "./send-request.ts"

let server: DigestServer
afterEach(() => server.close())

const never = new AbortController().signal
const createDigest = ({ clock }: { clock: Clock }) =>
  new DigestSigner({ ...testingKey, clock, timeoutMs: 5_000 })

async function statusOf(response: Promise<BegunAnswer>): Promise<number> {
  const answer = await response
  await answer.text()
  return answer.status
}

test("the next challenge is fetched after 40 s, and no call waits for it", async () => {
  const clock = createTestingClock()
  const held: (() => void)[] = []
  server = await startDigestServer({
    now: () => clock.now(),
    intercept: ({ verdict }, response) => {
      if (verdict !== "unsigned" || held.length > 0 || clock.elapsed() === 0) return false
      held.push(() => response.writeHead(401, { "www-authenticate": atlasOffer.replace("NONCE", "n") }).end())
      return true
    },
  })
  const digest = createDigest({ clock })
  const call = () => statusOf(sendSigned(digest, server.origin, { signal: never }))
  for (const pause of [0, 40_000, 4_999]) {
    clock.advance(pause)
    expect(await call()).toBe(200)
  }
  await expect.poll(() => held.length).toBe(1)
  held[0]?.()
  // Its nonce is our own, so the server calls it stale; the old one would still be good.
  await expect.poll(async () => [await call(), server.count("stale")]).toEqual([200, 1])
})

test("a challenge that can't be fetched ahead is asked for once, and again when a call needs it", async () => {
  const clock = createTestingClock()
  let asked = 0
  server = await startDigestServer({
    now: () => clock.now(),
    intercept: ({ verdict }, response) => {
      if (verdict !== "unsigned" || (asked += 1) !== 2) return false
      response.socket?.destroy()
      return true
    },
  })
  const digest = createDigest({ clock })
  for (const pause of [0, 40_000]) {
    clock.advance(pause)
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(200)
  }
  await expect.poll(() => asked).toBe(2)
  for (const pause of [1_000, 1_000, 3_000]) {
    clock.advance(pause)
    expect(await statusOf(sendSigned(digest, server.origin, { signal: never }))).toBe(200)
  }
  expect([asked, server.count("stale")]).toEqual([3, 0])
})
