import { apiUrls, Installation, simulatedTimeHeader } from "@peering-desk/shared-schemas"
import { afterEach, expect, test } from "vitest"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"

let desk: TestingDesk
afterEach(() => desk.close())

test("a demo names its cloud console and its simulated time, also to the holder of a link", async () => {
  desk = await openTestingDesk({ environment: { DEMO_SIMULATOR_URL: "http://127.0.0.1:8081" } })
  const answer = await desk.call("GET", apiUrls.installation())
  expect(Installation.parse(answer.json()).demo).toEqual({ consoleUrl: "http://127.0.0.1:8081/simulator" })
  expect(answer.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
  desk.clock.advance(60_000)
  const ofLink = await desk.call("GET", apiUrls.openHandOff(), { headers: { cookie: undefined } })
  expect(ofLink.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
})

test("an installation that is no demo names neither", async () => {
  desk = await openTestingDesk()
  const answer = await desk.call("GET", apiUrls.installation())
  expect(answer.json()).not.toHaveProperty("demo")
  expect(answer.headers).not.toHaveProperty(simulatedTimeHeader)
})
