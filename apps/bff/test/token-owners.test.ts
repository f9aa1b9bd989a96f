import { seededIds } from "@peering-desk/atlas-simulator"
import { createTestingBrowser, demoPersonas } from "@peering-desk/demo-identity-provider"
import { apiUrls, Problem } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { queryAudit } from "#audit/audit-query.ts"
import { parseAccessRules } from "#sign-in/access-rules.ts"
import { signInAt } from "#test/support/browser.ts"
import { callByToken, createToken, listTokens, revoke } from "#test/support/api-tokens.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { startTestApp, testingAccessRules, type TestApp } from "#test/support/test-app.ts"

const minute = 60_000
const dayMs = 24 * 60 * minute
const { payments } = seededIds
const withoutNadia = demoPersonas.filter(({ id }) => id !== "nadia")
const nadiaAmong = (...groups: string[]) =>
  demoPersonas.map((one) => (one.id === "nadia" ? { ...one, groups } : one))

let desk: TestApp
let nadia: string
let secret: string
let tokenId: string
beforeEach(async () => {
  // Shorter than the tolerated difference of clocks: the provider's own clock does not jump with the test's.
  desk = await startTestApp({ environment: { SESSION_CHECK_MINUTES: "4", API_TOKEN_OWNER_DAYS: "2" } })
  nadia = await desk.signIn("nadia")
  const { token, ...created } = await createToken(desk, nadia, { name: "deploy", projects: [payments] })
  secret = created.secret
  tokenId = token.id
})
afterEach(() => desk.close())

/** The answer to a read and to a write, neither of which asks Atlas; a good write gets as far as its body. */
async function ask(at = desk): Promise<string> {
  const read = await callByToken(at, secret, "GET", apiUrls.presets(payments))
  const write = await callByToken(at, secret, "POST", apiUrls.presets(payments), { body: {} })
  return `${read.status} ${write.status}`
}

async function readRefusal(): Promise<string | undefined> {
  const answer = await callByToken(desk, secret, "GET", apiUrls.peerings(payments))
  return Problem.parse(answer.json()).detail
}

const stateOf = async () =>
  (await listTokens(desk, await desk.signIn("olivia"), { everybody: "true" })).find(
    ({ id }) => id === tokenId,
  )?.state

async function listActions(): Promise<string[]> {
  const { rows } = await queryAudit(desk.services.store, { limit: "200" })
  return rows.map(({ action }) => action)
}

const replaceRules = (rules: (typeof testingAccessRules)["rules"], at = desk) =>
  at.services.ruleBook.replace(parseAccessRules(JSON.stringify({ rules })))

/** Opens a stream by the token. */
async function openStream(at = desk): Promise<EventReader> {
  const stream = await at.stream([payments], { cookie: "", authorization: `Bearer ${secret}` })
  await stream.next("snapshot")
  return stream
}

async function expectFarewell(stream: EventReader): Promise<void> {
  await stream.ended
  expect(stream.text().endsWith("event: signed-out\ndata: {}\n\n")).toBe(true)
}

describe("a token's rights", () => {
  test("outlive its owner's session, and follow the rules at once", async () => {
    await desk.call("POST", apiUrls.signOut(), { headers: { cookie: nadia } })
    expect(await ask()).toBe("200 400")
    const { rules } = testingAccessRules
    replaceRules([
      ...rules.filter((rule) => rule.equals !== "payments-team"),
      { claim: "groups", equals: "payments-team", role: "viewer", projects: [payments] },
    ])
    expect(await ask()).toBe("200 403")
    replaceRules(rules.filter((rule) => rule.equals !== "payments-team"))
    expect(await ask()).toBe("401 401")
    expect(await readRefusal()).toBe("The owner of this API token has no role left in its projects.")
    expect(await stateOf()).toBe("no-rights")
    replaceRules(rules)
    expect(await ask()).toBe("200 400")
  })

  test("never grow beyond its scope when its owner's do", async () => {
    await desk.setPersonas(nadiaAmong("peering-admins"))
    await desk.signIn("nadia")
    expect(await ask()).toBe("200 400")
    for (const path of [apiUrls.peerings(seededIds.analytics), apiUrls.keys()])
      expect([404, 403]).toContain((await callByToken(desk, secret, "GET", path)).status)
  })

  test("shrink in every process with the groups that its owner has at a sign-in", async () => {
    const beside = await startTestApp({ beside: desk })
    await desk.setPersonas(nadiaAmong("viewers"))
    await desk.signIn("nadia")
    expect([await ask(), await ask(beside)]).toEqual(["200 403", "200 403"])
    await desk.setPersonas(nadiaAmong("security"))
    await desk.signIn("nadia")
    expect([await ask(), await ask(beside)]).toEqual(["401 401", "401 401"])
    await beside.close()
  })

  test("never come from an older session than the last word of the provider", async () => {
    desk.clock.advance(minute)
    await desk.setPersonas(nadiaAmong("viewers"))
    await desk.signIn("nadia")
    await createToken(desk, nadia, { projects: [payments] })
    expect(await ask()).toBe("200 403")
  })
})

describe("a token whose owner left", () => {
  test("pauses when a check of a session is refused, ends its streams, and resumes at a sign-in", async () => {
    const browser = createTestingBrowser()
    const signIn = () => signInAt(desk.origin, "nadia", { browser })
    await signIn()
    const stream = await openStream()
    await desk.setPersonas(withoutNadia)
    desk.clock.advance(4 * minute)
    await browser.follow(`${desk.origin}${apiUrls.signIn({ return: "/" })}`)
    await expectFarewell(stream)
    expect(await ask()).toBe("401 401")
    expect(await readRefusal()).toMatch(/^The identity provider does not vouch for the owner/)
    expect(await stateOf()).toBe("paused")
    expect(await listActions()).toContain("tokens-paused")
    await desk.setPersonas(demoPersonas)
    await signIn()
    expect(await ask()).toBe("200 400")
    expect(await listActions()).toContain("tokens-resumed")
  })

  test("stops when the provider has not vouched for them for the configured time, until they sign in", async () => {
    desk.clock.advance(2 * dayMs - 1)
    expect(await ask()).toBe("200 400")
    desk.clock.advance(1)
    expect(await ask()).toBe("401 401")
    expect(await readRefusal()).toMatch(/has not signed in to Peering Desk for too long/)
  })
})

describe("a stream by a token", () => {
  test("ends at once when the token is revoked, and within a second when another process did it", async () => {
    const beside = await startTestApp({ beside: desk })
    const [own, other] = [await openStream(), await openStream(beside)]
    await revoke(desk, nadia, tokenId)
    await expectFarewell(own)
    expect(other.text()).not.toContain("signed-out")
    await desk.clock.untilWaiting(1_000)
    desk.clock.advance(1_000)
    await expectFarewell(other)
    await beside.close()
  })

  test("ends when the token expires", async () => {
    const short = await createToken(desk, nadia, { projects: [payments], expiresInDays: 1 })
    secret = short.secret
    const stream = await openStream()
    expect(stream.text()).not.toContain("signed-out")
    desk.clock.advance(dayMs)
    await expectFarewell(stream)
  })

  test("ends when the rules take its project, and when the owner's claims of another process do", async () => {
    const stream = await openStream()
    expect(stream.text()).not.toContain("signed-out")
    replaceRules(testingAccessRules.rules.filter((rule) => rule.equals !== "payments-team"))
    await expectFarewell(stream)
    replaceRules(testingAccessRules.rules)
    const beside = await startTestApp({ beside: desk })
    const other = await openStream(beside)
    await desk.setPersonas(nadiaAmong("security"))
    await desk.signIn("nadia")
    await desk.clock.untilWaiting(1_000)
    desk.clock.advance(1_000)
    await expectFarewell(other)
    await beside.close()
  })

  test("takes no place of its owner's, and another of the same token does", async () => {
    const one = await startTestApp({ beside: desk, environment: { STREAMS_PER_USER: "1" } })
    const own = await openStream(one)
    const ofPerson = await one.stream([payments], { cookie: nadia })
    expect(ofPerson.status).toBe(200)
    const second = await one.stream([payments], { cookie: "", authorization: `Bearer ${secret}` })
    await second.ended
    expect(second.status).toBe(429)
    own.close()
    await one.close()
  })
})
