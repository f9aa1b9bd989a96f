import { createSimulator } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditVerification,
  demoControlPath,
  idempotencyKeyHeader,
  Installation,
  simulatedTimeHeader,
} from "@peering-desk/shared-schemas"
import { expect, onTestFinished, test } from "vitest"
import { bundleProgram } from "#test/support/bundle.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { startServerProcess } from "#test/support/server-process.ts"
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

test("a demo passes acts on to its simulator, with the simulator's words when it refuses", async () => {
  const simulator = createSimulator({ speed: 0 })
  const { origin } = await simulator.listen()
  const desk = await open({ DEMO_SIMULATOR_URL: origin })
  try {
    const speed = await desk.call("POST", `${demoControlPath}/clock`, { body: { speed: 7 } })
    expect(speed.status).toBe(204)
    expect(simulator.clock().speed).toBe(7)
    const unknown = { peerId: "x", act: "accept" }
    const refused = await desk.call("POST", `${demoControlPath}/cloud-side`, { body: unknown })
    expect(refused.status).toBe(400)
    expect(refused.json()).toMatchObject({ code: "invalid_request", detail: "there is no peer x" })
    expect((await desk.call("POST", `${demoControlPath}/state`, { body: {} })).status).toBe(404)
    const fault = { match: { path: "/peers" }, fault: { retryAfter: 9 } }
    expect((await desk.call("POST", `${demoControlPath}/faults`, { body: fault })).status).toBe(204)
    expect(simulator.faults()).toEqual([{ ...fault, times: null }])
    expect((await desk.call("DELETE", `${demoControlPath}/faults`)).status).toBe(204)
    expect(simulator.faults()).toEqual([])
    const foreign = { "sec-fetch-site": "cross-site" }
    const forged = await desk.call("POST", `${demoControlPath}/reset`, { headers: foreign, body: {} })
    expect(forged.status).toBe(403)
    const nobody = await desk.call("POST", `${demoControlPath}/reset`, {
      headers: { cookie: undefined },
      body: {},
    })
    expect(nobody.status).toBe(401)
    expect(simulator.clock().speed).toBe(7)
  } finally {
    await simulator.close()
  }
  const gone = await desk.call("POST", `${demoControlPath}/reset`, { body: {} })
  expect(gone.json()).toMatchObject({ code: "atlas_unreachable" })
})

test("a demo's pages may frame each other, and nobody else may", async () => {
  const desk = await open({ DEMO_SIMULATOR_URL: "http://127.0.0.1:9" })
  const { headers } = await desk.call("GET", "/")
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'self';frame-src 'self'")
  expect(headers["x-frame-options"]).toBe("SAMEORIGIN")
})

test("an installation that is no demo has no way to a simulator", async () => {
  const desk = await open({})
  const answer = await desk.call("POST", `${demoControlPath}/clock`, { body: { speed: 7 } })
  expect(answer.status).toBe(404)
})
