import { describe, expect, it } from "vitest"

import { defaultLimits } from "./rate-limits.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator } from "#testing-simulator.ts"

const payments = `/groups/${seededIds.payments}/peers`
const analytics = `/groups/${seededIds.analytics}/peers`

describe("the rate limit of v1.0", () => {
  it("counts calls per minute and project, and sends no header about it", async () => {
    const { v1, simulator, advanceRealTime } = await startTestSimulator({ limits: { v1PerMinute: 3 } })
    for (let index = 0; index < 3; index++) expect((await v1("GET", payments)).status).toBe(200)
    const limited = await v1("GET", payments)
    expect(limited.status).toBe(429)
    expect(limited.json).toEqual({
      detail: `Resource /api/atlas/v1.0${payments} is limited to 3 requests every 1 minutes.`,
      error: 429,
      errorCode: "RATE_LIMITED",
      parameters: [`/api/atlas/v1.0${payments}`, 3, 1],
      reason: "Too Many Requests",
    })
    expect(limited.headers.get("retry-after")).toBeNull()
    expect((await v1("GET", analytics)).status).toBe(200)
    advanceRealTime(60_000)
    expect((await v1("GET", payments)).status).toBe(200)
    await simulator.close()
  })
})

describe("the rate limit of v2", () => {
  it("is a bucket that refills, and sends how long to wait", async () => {
    const v2Limits = { ...defaultLimits.v2, "network-peering": { capacity: 2, refillPerMinute: 6 } }
    const { v2, simulator, advanceRealTime } = await startTestSimulator({ limits: { v2: v2Limits } })
    const remaining = async () => (await v2("GET", payments)).headers.get("ratelimit-remaining")
    expect([await remaining(), await remaining()]).toEqual(["1", "0"])
    const limited = await v2("GET", payments)
    expect(limited.status).toBe(429)
    expect(limited.json).toMatchObject({
      detail: `Rate limit exceeded for api/atlas/v2${payments}. Please retry after 10 seconds. Request capacity: 2. Refill rate: 6 per 60 seconds.`,
      errorCode: "RATE_LIMITED_TOKEN_BUCKET",
      parameters: [`api/atlas/v2${payments}`, 10, 2, 6, 60],
    })
    expect(limited.headers.get("retry-after")).toBe("10")
    expect((await v2("GET", `/groups/${seededIds.payments}`)).status).toBe(200)
    advanceRealTime(10_000)
    expect((await v2("GET", payments)).status).toBe(200)
    await simulator.close()
  })
})
