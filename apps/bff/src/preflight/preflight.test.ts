import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  idempotencyKeyHeader,
  newContainerMark,
  PreflightAnswer,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const { providerName, ...fields } = requests.AWS
const right: PeeringDraft = { providerName, request: fields }

const ask = (draft: unknown, cookie = desk.cookie) =>
  desk.call("POST", apiUrls.preflight(projectId), { body: draft, headers: { cookie } })
const askFor = async (draft: PeeringDraft) => PreflightAnswer.parse((await ask(draft)).json())

const send = (body: object, key = "a-key-made-once-per-form") =>
  desk.call("POST", apiUrls.peerings(projectId), { body, headers: { [idempotencyKeyHeader]: key } })
const writes = () =>
  desk.simulator
    .calls()
    .rows.filter(({ method }) => method !== "GET")
    .reduce((sum, { calls }) => sum + calls, 0)

describe("POST …/preflight", () => {
  test("returns the plan and its hash", async () => {
    const { verdict, planHash } = await askFor(right)
    expect(verdict.plan?.steps.map(({ kind }) => kind)).toEqual(["reuse-container", "create-peering"])
    expect(verdict.plan?.steps.at(-1)?.body).toEqual(requests.AWS)
    expect(planHash).toMatch(/^[0-9a-f]{64}$/)
    expect((await askFor(right)).planHash).toBe(planHash)
  })

  test("returns open checks and no plan for half a form", async () => {
    const { verdict, planHash } = await askFor({ ...right, request: { ...fields, vpcId: "" } })
    expect([verdict.status, verdict.plan, planHash]).toEqual(["open", null, null])
  })

  test("is allowed to viewers, and uses only projects they may see", async () => {
    expect((await ask(right, await desk.signIn("victor"))).status).toBe(200)
    expect(readVerdict(await ask(right, await desk.signIn("nadia")))).toBe("404 project_not_found")
    expect(readVerdict(await ask({ ...right, providerName: "OTHER" }))).toBe("400 invalid_request")
  })

  test("sends no write, and reads each list at most once in ten seconds", async () => {
    for (let asked = 0; asked < 60; asked += 1) {
      await ask({ ...right, request: { ...fields, vpcId: `vpc-${String(asked).padStart(8, "0")}` } })
      if (asked % 7 === 0) desk.clock.advance(1_000)
    }
    const here = desk.simulator.calls().rows.filter(({ path }) => path.includes(projectId))
    expect(here.map(({ method, path, calls }) => [method, path.split(projectId)[1], calls])).toEqual(
      expect.arrayContaining([["GET", "/containers/all", 1]]),
    )
    expect(desk.asked("GET", `${projectId}/containers/all`)).toBe(1)
    expect(desk.asked("GET", `${projectId}/privateIpMode`)).toBe(1)
    // One per cloud.
    expect(desk.asked("GET", `${projectId}/peers`)).toBe(3)
    expect(writes()).toBe(0)
  })
})

describe("POST …/peerings after a preflight", () => {
  test("sends nothing that Atlas would refuse, and names the fields", async () => {
    const request = { ...requests.AWS, routeTableCidrBlock: "10.8.4.0/24" }
    const answer = await send({ request, reason: "One" })
    expect(readVerdict(answer)).toBe("422 preflight_refused")
    const { fields: wrong, preflight, detail } = readProblem(answer)
    expect(Object.keys(wrong ?? {})).toEqual(["routeTableCidrBlock"])
    expect(detail).toContain("10.8.4.0/24")
    expect(preflight?.planHash).toBeNull()
    expect(preflight?.verdict.checks.map(({ errorCode }) => errorCode)).toContain(
      "OVERLAPPING_ATLAS_CIDR_BLOCK",
    )
    expect(writes()).toBe(0)
  })

  test("is sent with the confirmed plan, and refused when the plan changed", async () => {
    const { planHash } = await askFor(right)
    const changed = await send({ request: requests.AWS, reason: "One", planHash: "0".repeat(64) })
    expect(readVerdict(changed)).toBe("409 plan_changed")
    expect(readProblem(changed).preflight?.planHash).toBe(planHash)
    expect(writes()).toBe(0)
    expect((await send({ request: requests.AWS, reason: "One", planHash })).status).toBe(201)
  })

  test("checks further CIDRs of the network, which are not sent to Atlas", async () => {
    const over = await send({ request: requests.AZURE, reason: "One", networkBlocks: ["10.0.0.0/8"] })
    expect(readVerdict(over)).toBe("422 preflight_refused")
    expect(Object.keys(readProblem(over).fields ?? {})).toEqual(["networkBlocks"])
    expect(writes()).toBe(0)

    const { providerName: cloud, ...request } = requests.AZURE
    const networkBlocks = ["172.16.0.0/16"]
    const { planHash } = await askFor({ providerName: cloud, request, networkBlocks })
    const seen = { request: requests.AZURE, reason: "One", planHash }
    expect(readVerdict(await send(seen))).toBe("409 plan_changed")
    expect((await send({ ...seen, networkBlocks })).status).toBe(201)
  })

  test("checks the CIDRs of other peered networks, which are not sent to Atlas", async () => {
    const over = await send({ request: requests.AZURE, reason: "One", peeredBlocks: ["10.0.0.0/8"] })
    expect(readVerdict(over)).toBe("422 preflight_refused")
    expect(Object.keys(readProblem(over).fields ?? {})).toEqual(["peeredBlocks"])
    expect(writes()).toBe(0)

    const { providerName: cloud, ...request } = requests.AZURE
    const peeredBlocks = ["none"]
    const { planHash } = await askFor({ providerName: cloud, request, peeredBlocks })
    const seen = { request: requests.AZURE, reason: "One", planHash }
    expect(readVerdict(await send(seen))).toBe("409 plan_changed")
    expect((await send({ ...seen, peeredBlocks })).status).toBe(201)
  })

  test("returns the earlier answer under the same key even if the plan changed", async () => {
    const { planHash } = await askFor(right)
    const first = await send({ request: requests.AWS, reason: "One", planHash })
    const again = await send({ request: requests.AWS, reason: "One", planHash: "0".repeat(64) })
    expect(again.json()).toEqual(first.json())
    expect(readVerdict(await send({ request: requests.AWS, reason: "One" }, "another-key-of-a-form"))).toBe(
      "422 preflight_refused",
    )
  })

  test("is sent when a list can't be read, and Atlas decides", async () => {
    const path = `${projectId}/containers`
    desk.simulator.addFault({ match: { method: "GET", path }, fault: { status: 500 }, times: 100 })
    const { verdict } = await askFor(right)
    expect(verdict.status).toBe("unchecked")
    expect((await send({ request: requests.AWS, reason: "One" })).status).toBe(201)
  })

  test("names the project of a container of another project", async () => {
    const body = { request: requests.AWS, reason: "One" }
    const headers = { [idempotencyKeyHeader]: "a-key-made-once-per-form" }
    const answer = await desk.call("POST", apiUrls.peerings(seededIds.emptySandbox), { body, headers })
    expect(readVerdict(answer)).toBe("422 preflight_refused")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual(["containerId"])
  })

  test(`requires newContainer when the container is "${newContainerMark}"`, async () => {
    const answer = await send({ request: { ...requests.AWS, containerId: newContainerMark }, reason: "One" })
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual(["containerId"])
  })
})
