import {
  apiUrls,
  AuditVerification,
  idempotencyKeyHeader,
  Installation,
  simulatedTimeHeader,
} from "@peering-desk/shared-schemas"
import { expect, onTestFinished, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startServerProcess } from "#test/support/server-process.ts"
import { openSurroundings } from "#test/support/surroundings.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"

async function open(environment: Record<string, string>): Promise<TestingDesk> {
  const desk = await openTestingDesk({ environment })
  onTestFinished(() => desk.close())
  return desk
}

test("a demo names its cloud console and its simulated time, also to the holder of a link", async () => {
  const desk = await open({ DEMO_SIMULATOR_URL: "http://127.0.0.1:8081" })
  const answer = await desk.call("GET", apiUrls.installation())
  expect(Installation.parse(answer.json()).demo).toEqual({ consoleUrl: "http://127.0.0.1:8081/simulator" })
  expect(answer.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
  desk.clock.advance(60_000)
  const ofLink = await desk.call("GET", apiUrls.openHandOff(), { headers: { cookie: undefined } })
  expect(ofLink.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
})

test("an installation that is no demo names neither", async () => {
  const desk = await open({})
  const answer = await desk.call("GET", apiUrls.installation())
  expect(answer.json()).not.toHaveProperty("demo")
  expect(answer.headers).not.toHaveProperty(simulatedTimeHeader)
})

test("the audit log of a demo, whose time is simulated, verifies after changes", async () => {
  const world = await openSurroundings()
  onTestFinished(() => world.close())
  const environment = { ...world.environment, DEMO_SIMULATOR_URL: world.simulatorUrl }
  const server = await startServerProcess(await bundleProgram("src/main.ts", "demo-test"), environment)
  onTestFinished(() => {
    server.signal("SIGKILL")
    return server.gone
  })
  world.front.leadTo(server.port)
  await world.signIn("olivia")
  const created = await world.call(
    "POST",
    apiUrls.peerings(projectId),
    { reason: "To see that the log verifies", request: requests.AWS },
    { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
  )
  expect(created.status).toBe(201)
  const verified = AuditVerification.parse((await world.call("GET", apiUrls.verifyAudit())).json())
  expect(verified).toMatchObject({ verdict: "verified", firstFlaw: null })
  expect(verified.proof.signed?.sequence).toBe(verified.rowCount)
  // The sign-in, the create and its outcome at least.
  expect(verified.rowCount).toBeGreaterThanOrEqual(3)
}, 60_000)
