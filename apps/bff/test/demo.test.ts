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
import { startServerProcess } from "@peering-desk/test-support/programs"
import { openSurroundings } from "#test/support/surroundings.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

async function open(environment: Record<string, string>): Promise<TestApp> {
  const desk = await startTestApp({ environment })
  onTestFinished(() => desk.close())
  return desk
}

test("a demo says that it is one and what its simulated time is, also to the holder of a link", async () => {
  const desk = await open({ DEMO_SIMULATOR_URL: "http://127.0.0.1:8081" })
  const answer = await desk.call("GET", apiUrls.installation())
  expect(Installation.parse(answer.json()).demo).toBe(true)
  expect(answer.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
  desk.clock.advance(60_000)
  const ofLink = await desk.call("GET", apiUrls.openHandOff(), { headers: { cookie: undefined } })
  expect(ofLink.headers[simulatedTimeHeader]).toBe(String(desk.clock.now()))
})

test("an installation that is no demo says neither", async () => {
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

test("the server has no way to a simulator and lets no page frame it, also in a demo", async () => {
  for (const simulatorUrl of ["", "http://127.0.0.1:9"]) {
    const desk = await open({ DEMO_SIMULATOR_URL: simulatorUrl })
    for (const path of ["/api/demo/clock", "/demo/world"])
      expect((await desk.call("POST", path, { body: { speed: 7 } })).status).toBe(404)
    const { headers } = await desk.call("GET", "/")
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'")
    expect(headers["x-frame-options"]).toBe("DENY")
  }
})
