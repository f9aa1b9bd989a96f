import { apiUrls, AuditPage, Peering, type ProviderName } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

async function create(cloud: ProviderName = "AWS"): Promise<string> {
  const answer = await desk.create(projectId, requests[cloud], `a-key-for-the-form-of-${cloud}`)
  const { id } = Peering.parse(answer.json())
  desk.simulator.advance(60)
  desk.clock.advance(3_000)
  return id
}

function change(id: string, fields: object, more: object = {}): Promise<Answer> {
  return desk.call("PATCH", apiUrls.peering(projectId, id), {
    body: { reason: "The VPC has grown", change: fields, ...more },
  })
}

async function rows() {
  const page = AuditPage.parse((await desk.call("GET", apiUrls.audit({ action: "peering-change" }))).json())
  return page.rows.toReversed()
}

test("PATCH of an AWS peering sends the new values, restarts it and audits both states", async () => {
  const id = await create()
  const moved = { vpcId: "vpc-0a1b2c3d4e5f60719", routeTableCidrBlock: "10.60.0.0/16" }
  const changed = Peering.parse((await change(id, moved)).json())
  expect(changed.peer).toMatchObject({ ...requests.AWS, ...moved, statusName: "INITIATING" })
  expect(changed.history.map(({ status }) => status)).toEqual([
    "INITIATING",
    "PENDING_ACCEPTANCE",
    "INITIATING",
  ])
  expect(await rows()).toMatchObject([
    {
      kind: "attempt",
      peeringId: id,
      reason: "The VPC has grown",
      before: { routeTableCidrBlock: "10.50.0.0/16" },
    },
    {
      kind: "outcome",
      outcome: "done",
      answerCode: "200",
      after: { routeTableCidrBlock: "10.60.0.0/16", statusName: "INITIATING" },
    },
  ])
})

test("PATCH of the CIDR alone does not restart the peering [E6]", async () => {
  const id = await create()
  desk.simulator.cloudSide(id, "accept")
  desk.simulator.advance(60)
  desk.clock.advance(3_000)
  const changed = Peering.parse((await change(id, { routeTableCidrBlock: "10.60.0.0/16" })).json())
  expect(changed.peer).toMatchObject({ routeTableCidrBlock: "10.60.0.0/16", statusName: "AVAILABLE" })
  expect(changed.leftAvailableAt).toBe(null)
  expect((await rows()).at(-1)).toMatchObject({ outcome: "done", after: { statusName: "AVAILABLE" } })
})

test("PATCH explains that Atlas wants every field, and sends them on request", async () => {
  const id = await create()
  const body = {
    error: 400,
    errorCode: "MISSING_ATTRIBUTE",
    detail: "The required attribute vpcId was not specified.",
    parameters: ["vpcId"],
  }
  desk.simulator.addFault({ match: { method: "PATCH" }, fault: { status: 400, body }, times: 1 })
  const problem = readProblem(await change(id, { routeTableCidrBlock: "10.60.0.0/16" }))
  expect(problem).toMatchObject({ code: "atlas_refused", atlas: { errorCode: "MISSING_ATTRIBUTE" } })
  expect(problem.detail).toMatch(/needs every field.*restarts the connection/)
  const again = await change(id, { routeTableCidrBlock: "10.60.0.0/16" }, { startAnew: true })
  expect(Peering.parse(again.json()).peer).toMatchObject({
    ...requests.AWS,
    routeTableCidrBlock: "10.60.0.0/16",
    statusName: "INITIATING",
  })
})

test.each([
  ["the same values after a rejection", { vpcId: requests.AWS.vpcId }, {}],
  ["another CIDR after a rejection", { routeTableCidrBlock: "10.60.0.0/16" }, { startAnew: true }],
])("PATCH restarts the peering: %s", async (_, fields, more) => {
  const id = await create()
  desk.simulator.cloudSide(id, "reject")
  const changed = Peering.parse((await change(id, fields, more)).json())
  expect(changed.peer).toMatchObject({ ...fields, statusName: "INITIATING", errorStateName: null })
})

test("PATCH sends the region of a peering in its container's region, which Atlas leaves out", async () => {
  const request = { ...requests.AWS, accepterRegionName: "us-east-1" }
  const { id, peer } = Peering.parse((await desk.create(projectId, request)).json())
  expect(peer).toMatchObject({ accepterRegionName: null })
  desk.simulator.advance(60)
  desk.clock.advance(3_000)
  expect((await change(id, { vpcId: "vpc-0a1b2c3d4e5f60719" })).status).toBe(200)
})

test("PATCH explains that Atlas is at work on the peering, and is audited as refused", async () => {
  const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
  const problem = readProblem(await change(id, { routeTableCidrBlock: "10.60.0.0/16" }))
  expect(problem).toMatchObject({
    code: "atlas_refused",
    detail:
      "Atlas is changing this connection (INITIATING). Change it once it is waiting, available or failed.",
    atlas: { errorCode: "PEER_INVALID_STATE" },
  })
  expect((await rows()).at(-1)).toMatchObject({ outcome: "refused", answerCode: "409 PEER_INVALID_STATE" })
})

test("PATCH explains the state that Atlas has now, not the last polled one", async () => {
  const id = await create()
  await desk.call("GET", apiUrls.peering(projectId, id))
  desk.simulator.cloudSide(id, "accept")
  const problem = readProblem(await change(id, { routeTableCidrBlock: "10.60.0.0/16" }))
  expect(problem.detail).toMatch(/^Atlas is changing this connection \(FINALIZING\)/)
  const seen = Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())
  expect(seen.peer).toMatchObject({ statusName: "FINALIZING" })
})

test.each(["GCP", "AZURE"] as const)(
  "PATCH of a %s peering says to replace it, and sends nothing [E5]",
  async (cloud) => {
    const id = await create(cloud)
    const problem = readProblem(await change(id, { vpcId: requests.AWS.vpcId }))
    expect(problem).toMatchObject({ code: "not_changeable", status: 422 })
    expect(problem.detail).toMatch(/create a new one and delete this one/)
    expect(desk.asked("PATCH", `/peers/${id}`)).toBe(0)
    expect(await rows()).toEqual([])
  },
)

test.each([
  [{}, "change"],
  [{ accepterRegionName: "us-west-2" }, "accepterRegionName"],
  [{ containerId: requests.AWS.containerId }, "containerId"],
  [{ routeTableCidrBlock: "8.8.8.0/24" }, "routeTableCidrBlock"],
  [{ vpcId: "subnet-1" }, "vpcId"],
])("PATCH refuses %j at %s before anything is sent [E4]", async (fields, at) => {
  const id = await create()
  const problem = readProblem(await change(id, fields))
  expect([problem.code, Object.keys(problem.fields ?? {})[0]]).toEqual(["invalid_request", at])
  expect(desk.asked("PATCH", `/peers/${id}`)).toBe(0)
})

test("PATCH reports Atlas's refusal of a field at that field", async () => {
  const id = await create()
  const { projects } = desk.simulator.state()
  const container = projects
    .find((project) => project.id === projectId)
    ?.containers.find(({ providerName }) => providerName === "AWS")
  const problem = readProblem(await change(id, { routeTableCidrBlock: container?.atlasCidrBlock }))
  expect(problem.atlas?.errorCode).toBe("OVERLAPPING_ATLAS_CIDR_BLOCK")
  expect(problem.fields).toHaveProperty("routeTableCidrBlock")
})

test.each([
  ["was done", { routeTableCidrBlock: "10.60.0.0/16" }, "PENDING_ACCEPTANCE"],
  ["was so already", { routeTableCidrBlock: requests.AWS.routeTableCidrBlock }, "PENDING_ACCEPTANCE"],
  ["restarted it", { vpcId: "vpc-0a1b2c3d4e5f60719" }, "INITIATING"],
  ["only restarted it", { vpcId: requests.AWS.vpcId }, "INITIATING"],
])("PATCH looks up a lost answer: it %s", async (_, fields, statusName) => {
  const id = await create()
  desk.simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "after" }, times: 1 })
  expect(Peering.parse((await change(id, fields)).json()).peer).toMatchObject({ ...fields, statusName })
  expect(desk.asked("PATCH", `/peers/${id}`)).toBe(1)
  expect((await rows()).map(({ outcome }) => outcome)).toEqual([null, "unknown", "done"])
})

test("PATCH returns 504 when a lost change can't be seen", async () => {
  const id = await create()
  desk.simulator.addFault({ match: { method: "PATCH" }, fault: { status: 500 }, times: 1 })
  const answer = change(id, { routeTableCidrBlock: "10.60.0.0/16" })
  for (const delayMs of [1_000, 3_000]) {
    await desk.clock.untilWaiting(delayMs)
    desk.clock.advance(delayMs)
  }
  expect(readVerdict(await answer)).toBe("504 outcome_unknown")
  expect((await rows()).map(({ outcome }) => outcome)).toEqual([null, "unknown"])
})
