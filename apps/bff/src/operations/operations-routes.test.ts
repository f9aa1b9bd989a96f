import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { createInstallationHandlers } from "./operations-routes.ts"

test.each([
  ["https://cloud.mongodb.com", true],
  ["https://cloud.mongodbgov.com", true],
  ["https://atlas-proxy.example", true],
  ["http://127.0.0.1:8081", false],
  ["http://localhost:8081", false],
])("GET /installation says of %s whether it is a real Atlas: %s", (url, realAtlas) => {
  const atlas = { baseUrl: new URL(url), peersPerProject: 50, isDemo: false }
  const { get } = createInstallationHandlers(atlas).installation
  expect(get()).toMatchObject({ realAtlas })
})

describe("GET /readyz", () => {
  const metricsToken = "a-metrics-token-that-nobody-may-see"
  const throughProxy = { "x-forwarded-for": "203.0.113.7" }
  const withToken = { ...throughProxy, authorization: `Bearer ${metricsToken}` }
  let desk: TestApp
  beforeAll(async () => {
    desk = await startTestApp({ persona: null, environment: { METRICS_TOKEN: metricsToken } })
  })
  afterAll(() => desk.close())

  const read = (headers: Record<string, string>) => desk.call("GET", "/readyz", { headers })

  test("lists its checks to this machine and to the holder of METRICS_TOKEN, and to nobody else", async () => {
    for (const headers of [{}, withToken])
      expect((await read(headers)).json()).toMatchObject({ status: "ready", checks: expect.any(Array) })
    for (const headers of [throughProxy, { ...throughProxy, authorization: "Bearer another" }]) {
      const answer = await read(headers)
      expect([answer.status, answer.json()]).toEqual([200, { status: "ready" }])
    }
  })

  test("says to strangers that it is not ready, and not why, which the log has", async () => {
    desk.services.lifetime.leaving = true
    const answer = await read(throughProxy)
    expect([answer.status, answer.json()]).toEqual([503, { status: "not ready" }])
    expect(answer.headers["cache-control"]).toBe("no-store")
    expect(desk.logs.join("")).toContain("shutting_down")
    for (const headers of [{}, withToken])
      expect((await read(headers)).json()).toMatchObject({ code: "shutting_down", checks: expect.any(Array) })
    desk.services.lifetime.leaving = false
  })
})
