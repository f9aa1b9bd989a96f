import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { apiUrls, SessionInfo } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, expect, test } from "vitest"
import { usualTokenLifetimes } from "#api-tokens/token-lifetimes.ts"
import { limitVariables, toLimits } from "#limits.ts"
import { usualPollIntervals } from "#polling/poll-interval.ts"
import { usualRateLimits } from "#sign-in/rate-limits.ts"
import { usualSessionLifetimes } from "#sign-in/session-data.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import * as z from "zod/mini"

const Limits = z.object(limitVariables)
const names = Object.keys(limitVariables)
const example = readFileSync(fileURLToPath(new URL("../../../.env.example", import.meta.url)), "utf8")

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp({
    environment: {
      BODY_LIMIT_KB: "1",
      RATE_PREFLIGHTS_PER_USER: "2",
      SESSION_IDLE_MINUTES: "5",
      SESSION_MAX_HOURS: "1",
      STREAMS_PER_USER: "1",
    },
  })
})
afterAll(() => desk.close())

test("limits that are not configured keep their usual values", () => {
  expect(toLimits(Limits.parse({}))).toEqual({
    rates: usualRateLimits,
    streamsPerUser: 32,
    sessions: usualSessionLifetimes,
    tokens: usualTokenLifetimes,
    polls: usualPollIntervals,
    historyMs: 400 * 24 * 60 * 60_000,
    bodyKb: 64,
    connections: {
      headersTimeout: 10_000,
      requestTimeout: 12_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 2_000,
    },
    stopGraceMs: 2_000,
  })
})

test("slow clients are closed within 15 s, and headers never get longer than the whole request", () => {
  const { headersTimeout, requestTimeout, connectionsCheckingInterval } = toLimits(
    Limits.parse({}),
  ).connections
  expect(Math.max(headersTimeout, requestTimeout) + connectionsCheckingInterval).toBeLessThanOrEqual(15_000)
  const short = toLimits(Limits.parse({ REQUEST_TIMEOUT_SECONDS: "3" })).connections
  expect(short).toMatchObject({ headersTimeout: 3_000, requestTimeout: 3_000 })
})

test.each(names)("%s is documented in .env.example with its default", (name) => {
  const usual = Limits.parse({})[name as keyof typeof limitVariables]
  expect(example).toContain(`# ${name}=${usual}\n`)
})

/** Those that 0 switches off. */
const mayBeOff = ["CLOUD_READ_MINUTES"]

test.each(names)("%s refuses anything but a whole number within its bounds", (name) => {
  expect(Limits.safeParse({ [name]: "0" }).success).toBe(mayBeOff.includes(name))
  for (const value of ["-1", "1.5", "1e3", "many", "9999999"])
    expect([value, Limits.safeParse({ [name]: value }).success]).toEqual([value, false])
  expect(Limits.parse({ [name]: "1" })).toMatchObject({ [name]: 1 })
})

test("BODY_LIMIT_KB refuses a larger body with 413 and names the limit", async () => {
  const answer = await desk.call("POST", apiUrls.presets(projectId), {
    body: { padding: "x".repeat(1_100) },
  })
  expect(answer.status).toBe(413)
  expect(answer.text).toContain("A body may have 1 kB at most")
})

test("RATE_PREFLIGHTS_PER_USER refuses further preflights with 429", async () => {
  const ask = () => desk.call("POST", apiUrls.preflight(projectId), { body: { request: requests.AWS } })
  const statuses: number[] = []
  for (let count = 0; count < 3; count += 1) statuses.push((await ask()).status)
  expect(statuses).toContain(429)
})

test("SESSION_IDLE_MINUTES and SESSION_MAX_HOURS decide when a session ends", async () => {
  const session = SessionInfo.parse((await desk.call("GET", apiUrls.session())).json())
  const signedInAt = Date.parse(session.signedInAt)
  expect(Date.parse(session.endsAt) - signedInAt).toBe(60 * 60_000)
  expect(Date.parse(session.idleEndsAt) - desk.clock.now()).toBeLessThanOrEqual(5 * 60_000)
})

test("STREAMS_PER_USER refuses a further stream with 429", async () => {
  const first = await desk.stream([projectId])
  const second = await desk.stream([projectId])
  expect([first.status, second.status]).toEqual([200, 429])
  first.close()
})
