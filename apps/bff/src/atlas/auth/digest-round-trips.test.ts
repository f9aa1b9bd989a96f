import { afterEach, expect, test } from "vitest"
import { systemClock } from "#base/clock.ts"
import { DigestSigner } from "./digest-signer.ts"
import { sendSigned } from "./send-request.ts"
import { startDigestServer, testingKey, type DigestServer } from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

/** Makes the calls with so many at a time, and gives the number of HTTP requests a call. */
async function measure(
  calls: number,
  atOnce: number,
): Promise<{ requestsPerCall: number; failures: number }> {
  server = await startDigestServer()
  const digest = new DigestSigner({ ...testingKey, clock: systemClock, timeoutMs: 10_000 })
  let left = calls
  let failures = 0
  const work = async () => {
    while (left > 0) {
      left -= 1
      const response = await sendSigned(digest, `${server.origin}/peers`, {
        method: "POST",
        body: "{}",
        signal: new AbortController().signal,
      })
      await response.text()
      if (response.status !== 200) failures += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { requestsPerCall: server.requests.length / calls, failures }
}

// Jetty's rules: 60 s, each count once, hexadecimal, below 1024. Clients that break them fail for good from call 400 on.
test.each([
  { calls: 2_000, atOnce: 1, most: 1.02 },
  { calls: 2_000, atOnce: 64, most: 1.06 },
])(
  "$calls calls, $atOnce at a time, succeed with at most $most requests a call",
  async ({ calls, atOnce, most }) => {
    const { requestsPerCall, failures } = await measure(calls, atOnce)
    expect(failures).toBe(0)
    expect(requestsPerCall).toBeLessThanOrEqual(most)
    // The next nonce is asked for at a count of 850: three questions for a challenge and no refusal.
    expect([server.count("unsigned"), server.count("stale"), server.count("replayed")]).toEqual([3, 0, 0])
  },
  60_000,
)
