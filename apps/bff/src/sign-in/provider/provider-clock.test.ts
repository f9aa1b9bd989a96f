import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createTestingBrowser } from "@peering-desk/demo-identity-provider"
import { apiUrls } from "@peering-desk/shared-schemas"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest"
import { checkClock } from "#doctor/check-clock.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import {
  openHostileProvider,
  sign,
  type HostileProvider,
  type TokenParts,
} from "#test/support/hostile-provider.ts"
import { openTestingSignIn, type TestingSignIn } from "#test/support/sign-in.ts"

const second = 1_000
const day = 86_400 * second

function shortLived({ claims, ...others }: TokenParts): Promise<string> {
  return sign({ ...others, claims: { ...claims, exp: (claims.iat ?? 0) + 10 } })
}

describe("a sign-in", () => {
  let provider: HostileProvider
  let desk: TestingSignIn
  beforeAll(async () => {
    provider = await openHostileProvider()
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    desk = await openTestingSignIn({ issuer: provider.issuer })
  })
  afterEach(async () => {
    provider.refuseWith(null)
    provider.answerWith(sign)
    await desk.close()
  })

  async function signIn() {
    const browser = createTestingBrowser()
    const toOwn = (at: string) => at.startsWith(`${desk.origin}/sign-in/callback`)
    const visit = await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/" })}`, {}, toOwn)
    return await browser.send(visit.headers.get("location") ?? "", { headers: { accept: "text/html" } })
  }
  const warnings = () => desk.logs.filter((line) => line.includes('"level":40'))

  it.each([240, -240])("succeeds when this server's clock is off by %s s", async (seconds) => {
    desk.clock.step(seconds * second)
    expect((await signIn()).status).toBe(303)
  })

  it.each([
    [2 * day, "2 days ahead of"],
    [-2 * day, "2 days behind"],
    [6 * 60 * second, "6 minutes ahead of"],
  ])("names the clocks as the cause when they differ by %s ms", async (offMs, words) => {
    // A token with a short life, so that a clock ahead finds it expired.
    provider.answerWith(shortLived)
    desk.clock.step(offMs)
    const { status, text } = await signIn()
    expect(status).toBe(400)
    expect(text).toContain(`this server&#39;s clock is ${words} the identity provider&#39;s`)
    expect(text).toContain("synchronise the clocks (NTP)")
    expect(warnings()).toEqual([expect.stringMatching(/"clockSecondsAhead":-?\d{3}/)])
  })

  it("keeps the provider's own refusal as the cause, whatever the clocks say", async () => {
    provider.refuseWith({ status: 401, body: { error: "invalid_client" } })
    desk.clock.step(2 * day)
    expect((await signIn()).text).toContain("(invalid_client)")
  })
})

test.each([
  [0, "good", /^it is 0 s ahead of that of 127\.0\.0\.1/],
  [-50 * second, "good", /^it is 50 s behind that of/],
  [5 * 60 * second, "bad", /^it is 5 minutes ahead of that of/],
  [-2 * day, "bad", /^it is 2 days behind that of/],
])("the doctor judges a clock that is off by %s ms: %s", async (offMs, is, says) => {
  const clock = createTestingClock()
  const server = createServer((_request, response) => {
    response.setHeader("date", new Date(clock.now() - offMs).toUTCString())
    response.end()
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = server.address() as AddressInfo
  const finding = await checkClock([`http://127.0.0.1:${port}`], clock)
  server.close()
  expect(finding.is).toBe(is)
  expect(finding.says).toMatch(says)
})
