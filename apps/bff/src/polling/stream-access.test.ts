import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, SessionList } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { parseAccessRules } from "#sign-in/access-rules.ts"
import { startTestApp, testingAccessRules, type TestApp } from "#test/support/test-app.ts"
import type { EventReader } from "#test/support/event-reader.ts"
import { readVerdict } from "#test/support/requests.ts"

const { payments, analytics } = seededIds
let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const farewell = "event: signed-out\ndata: {}\n\n"

async function openStream(
  cookie: string,
  ids: readonly string[] = [payments],
  at = desk,
): Promise<EventReader> {
  const stream = await at.stream(ids, { cookie })
  await stream.next("snapshot")
  return stream
}

async function expectFarewell(stream: EventReader): Promise<void> {
  await stream.ended
  expect(stream.text().endsWith(farewell)).toBe(true)
}

async function endOwnSession(cookie: string, at = desk): Promise<void> {
  const answer = await at.call("GET", apiUrls.sessions(), { headers: { cookie } })
  const own = SessionList.parse(answer.json()).sessions.find(({ current }) => current)
  await at.call("DELETE", apiUrls.oneSession(own?.id ?? ""), { headers: { cookie } })
}

test("a stream ends with signed-out when its session ends, and other streams stay open", async () => {
  const [nadia, victor] = [await desk.signIn("nadia"), await desk.signIn("victor")]
  const streams = [await openStream(nadia), await openStream(nadia), await openStream(victor)]
  await endOwnSession(nadia)
  for (const stream of streams.slice(0, 2)) await expectFarewell(stream)
  expect(streams[2]?.text()).not.toContain("signed-out")
  expect(desk.services.openStreams.size).toBe(1)
})

test("a stream ends within a second when another process ended its session", async () => {
  const nadia = await desk.signIn("nadia")
  const stream = await openStream(nadia)
  const beside = await startTestApp({ beside: desk })
  await endOwnSession(nadia, beside)
  expect(stream.text()).not.toContain("signed-out")
  await desk.clock.untilWaiting(1_000)
  desk.clock.advance(1_000)
  await expectFarewell(stream)
  await beside.close()
})

test("a stream ends, and calls are refused, once the provider has to confirm the session", async () => {
  const own = await startTestApp({ environment: { SESSION_CHECK_MINUTES: "3" } })
  const stream = await openStream(own.cookie ?? "", [payments], own)
  own.clock.advance(3 * 60_000 - 1)
  expect((await own.call("GET", apiUrls.session())).status).toBe(200)
  // Streams are gone through once a second.
  await own.clock.untilWaiting(1_000)
  own.clock.advance(1_000)
  await stream.ended
  expect(stream.text()).not.toContain("signed-out")
  const refused = await own.call("GET", apiUrls.session())
  expect([refused.status, refused.json()]).toEqual([401, expect.objectContaining({ code: "check_due" })])
  await own.close()
})

test("a stream ends at once when the person may no longer view one of its projects", async () => {
  const victor = await desk.signIn("victor")
  const [both, one] = [await openStream(victor, [payments, analytics]), await openStream(victor, [payments])]
  const rules = testingAccessRules.rules.map((rule) =>
    rule.equals === "viewers" ? { ...rule, projects: [payments] } : rule,
  )
  desk.services.ruleBook.replace(parseAccessRules(JSON.stringify({ rules })))
  await expectFarewell(both)
  expect(one.text()).not.toContain("signed-out")
  const again = await desk.call("GET", apiUrls.events({ projects: [payments, analytics].join(",") }), {
    headers: { cookie: victor },
  })
  expect(readVerdict(again)).toBe("404 project_not_found")
})

test("a stream ends that was opened while the rules took a project away and Atlas did not answer", async () => {
  const victor = await desk.signIn("victor")
  await desk.call("GET", apiUrls.projects())
  desk.clock.advance(61_000)
  desk.simulator.addFault({ match: { path: "/groups?" }, fault: { delayMs: 600_000 }, times: 1 })
  const opening = desk.stream([payments, analytics], { cookie: victor })
  const { projects } = desk.services.projectCache
  await expect.poll(() => projects.isFresh(Number.POSITIVE_INFINITY)).toBe(false)
  const rules = testingAccessRules.rules.filter(({ equals }) => equals !== "viewers")
  desk.services.ruleBook.replace(parseAccessRules(JSON.stringify({ rules })))
  desk.clock.advance(15_000)
  await expectFarewell(await opening)
})

test("a stream of a project that the person may not view answers 404 and polls nothing", async () => {
  const nadia = await desk.signIn("nadia")
  const before = desk.asked("GET", "/peers")
  for (const ids of [[analytics], [payments, analytics], ["0123456789abcdef01234567"]]) {
    const answer = await desk.call("GET", apiUrls.events({ projects: ids.join(",") }), {
      headers: { cookie: nadia },
    })
    expect(readVerdict(answer)).toBe("404 project_not_found")
  }
  const signedOut = await desk.call("GET", apiUrls.events({ projects: [payments].join(",") }), {
    headers: { cookie: undefined },
  })
  expect(readVerdict(signedOut)).toBe("401 not_signed_in")
  expect(desk.asked("GET", "/peers")).toBe(before)
  expect(desk.services.openStreams.size).toBe(0)
})

test("an ended stream leaves no timer behind", async () => {
  const nadia = await desk.signIn("nadia")
  const stream = await openStream(nadia)
  await endOwnSession(nadia)
  await stream.ended
  await vi.waitFor(
    () => {
      desk.clock.advance(1_000)
      expect(desk.clock.waiting().filter((delayMs) => delayMs === 1_000 || delayMs === 15_000)).toEqual([])
    },
    { timeout: 20_000 },
  )
})
