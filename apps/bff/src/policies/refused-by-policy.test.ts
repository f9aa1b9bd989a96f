import { seededIds } from "@peering-desk/atlas-simulator"
import { explainRefusal } from "@peering-desk/peering-rules"
import { apiUrls, PolicyChecks, type AtlasRefusal } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const projectId = seededIds.documentationProject
const request = {
  providerName: "GCP",
  containerId: seededIds.documentationContainer,
  gcpProjectId: "acme-new-network-1",
  networkName: "fresh",
}
const peering = 'ResourcePolicy::Action::"project.vpcPeering.modify"'
const addresses = 'ResourcePolicy::Action::"project.ipAccessList.modify"'
const forbid = (action: string, rest = "") => `forbid (principal, action == ${action}, resource) ${rest};`

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
beforeEach(() => {
  desk.simulator.reset()
  desk.clock.advance(61_000)
})
afterAll(() => desk.close())

let keys = 0
const create = () => desk.create(projectId, request, `key-of-form-number-${(keys += 1)}`)
const addEntry = (entry: object) =>
  desk.call("POST", apiUrls.accessList(projectId), {
    body: { entry: { comment: "", ...entry }, reason: "One" },
  })
const explain = (refusal: AtlasRefusal | undefined) =>
  explainRefusal({
    refusal: refusal ?? { status: 0, errorCode: null, detail: null },
    here: null,
    mayBeDone: false,
  })

test("a create that Atlas refuses by a policy names the policy and its description", async () => {
  const noneYet = forbid(peering, "unless { context.project.peeringConnections.isEmpty() }")
  desk.simulator.setPolicies([
    {
      name: "Clusters",
      bodies: ['forbid (principal, action == ResourcePolicy::Action::"cluster.modify", resource);'],
    },
    { name: "No peering", description: "Ask the network team", bodies: [noneYet] },
  ])
  const answer = await create()
  expect(readVerdict(answer)).toBe("422 atlas_refused")
  const { atlas } = readProblem(answer)
  expect(atlas?.policies).toEqual([{ name: "No peering", description: "Ask the network team" }])
  expect(explain(atlas)).toMatchObject({
    isKnown: true,
    what: `The organization's resource policy "No peering" forbids this.`,
    evidence: ["No peering: Ask the network team"],
  })
})

test("a create refused by a policy that was set a moment ago names it", async () => {
  expect((await create()).status).toBe(201)
  desk.simulator.setPolicies([{ name: "No peering", bodies: [forbid(peering)] }])
  const other = { ...request, networkName: "other" }
  const answer = await desk.create(projectId, other, `key-of-form-number-${(keys += 1)}`)
  expect([readVerdict(answer), readProblem(answer).atlas?.policies]).toEqual([
    "422 atlas_refused",
    [{ name: "No peering", description: null }],
  ])
})

test.each([403, 400, 409])(
  "a %s with another code about resource policies is explained too",
  async (status) => {
    const body = JSON.stringify({
      error: status,
      errorCode: "RESOURCE_POLICY_DENIED",
      detail: "No.",
      parameters: [],
    })
    const fault = { status, body, contentType: "application/json" }
    desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault, times: 1 })
    const answer = await create()
    expect(readVerdict(answer)).toBe("422 atlas_refused")
    const { atlas } = readProblem(answer)
    expect(atlas).not.toHaveProperty("policies")
    expect(explain(atlas).what).toBe("A resource policy of the organization forbids this.")
  },
)

test("an edit that a policy forbids is refused before anything is sent", async () => {
  const { id, peer } = await findAws()
  desk.simulator.setPolicies([{ name: "Frozen", bodies: [forbid(peering)] }])
  const body = { change: { routeTableCidrBlock: "172.30.0.0/16" }, reason: "One" }
  const answer = await desk.call("PATCH", apiUrls.peering(seededIds.payments, id), { body })
  expect([readVerdict(answer), readProblem(answer).detail]).toEqual([
    "422 preflight_refused",
    'Policy "Frozen" forbids this change',
  ])
  expect(desk.asked("PATCH", `/peers/${id}`)).toBe(0)
  const only = `unless { context.project.peeringConnections.contains("aws:${peer.awsAccountId}:${peer.vpcId}:172.30.0.0/16") }`
  desk.simulator.setPolicies([{ name: "Frozen", bodies: [forbid(peering, only)] }])
  desk.clock.advance(61_000)
  expect((await desk.call("PATCH", apiUrls.peering(seededIds.payments, id), { body })).status).toBe(200)
})

test("a deletion is sent although a policy forbids it, and Atlas's refusal names the policy", async () => {
  const { id, peer } = await findAws()
  desk.simulator.setPolicies([{ name: "Frozen", bodies: [forbid(peering)] }])
  const body = { name: peer.vpcId, reason: "One" }
  const answer = await desk.call("DELETE", apiUrls.peering(seededIds.payments, id), { body })
  expect([readVerdict(answer), readProblem(answer).atlas?.policies]).toEqual([
    "422 atlas_refused",
    [{ name: "Frozen", description: null }],
  ])
  expect(desk.asked("DELETE", `/peers/${id}`)).toBe(1)
})

test("an access list entry that a policy forbids by either reading is not sent", async () => {
  desk.simulator.setPolicies([{ name: "Closed", bodies: [forbid(addresses)] }])
  const answer = await addEntry({ cidrBlock: "10.9.0.0/16" })
  expect([readVerdict(answer), readProblem(answer).detail]).toEqual([
    "422 preflight_refused",
    'Policy "Closed" forbids 10.9.0.0/16 on the access list',
  ])
  expect(desk.asked("POST", "/accessList")).toBe(0)
})

test.each([
  ["must stay empty", "unless { context.project.ipAccessList.isEmpty() }"],
  [
    "may have other addresses only",
    'unless { [ip("10.1.0.0/16")].containsAll(context.project.ipAccessList) }',
  ],
  ["may not have this block", 'when { context.project.ipAccessList.contains(ip("10.9.0.0/16")) }'],
])("an access list that %s refuses an entry at Atlas, by the policy's name", async (_title, condition) => {
  desk.simulator.setPolicies([{ name: "Closed", bodies: [forbid(addresses, condition)] }])
  const answer = await addEntry({ cidrBlock: "10.9.0.0/16" })
  expect([readVerdict(answer), readProblem(answer).atlas?.policies]).toEqual([
    "422 atlas_refused",
    [{ name: "Closed", description: null }],
  ])
})

test("an access list entry that a policy allows is added", async () => {
  const condition = 'when { context.project.ipAccessList.contains(ip("0.0.0.0/0")) }'
  desk.simulator.setPolicies([
    { name: "Not everybody", bodies: [forbid(addresses, condition), forbid(peering)] },
  ])
  expect((await addEntry({ cidrBlock: "10.9.0.0/16" })).status).toBe(201)
})

test("POST /policy-checks says what policies make of an entry, an edit and a deletion, and sends nothing", async () => {
  const { id } = await findAws()
  desk.simulator.setPolicies([
    { name: "Frozen", description: "Ask first.", bodies: [forbid(peering)] },
    { name: "Closed", bodies: [forbid(addresses, "unless { context.project.ipAccessList.isEmpty() }")] },
  ])
  const ask = async (body: object) => {
    const answer = await desk.call("POST", apiUrls.policyChecks(seededIds.payments), { body })
    return PolicyChecks.parse(answer.json()).checks.map(({ status, says }) => `${status}: ${says}`)
  }
  expect(
    await ask({ kind: "change", peeringId: id, change: { routeTableCidrBlock: "172.30.0.0/16" } }),
  ).toEqual(['red: Policy "Frozen" forbids this change: Ask first'])
  expect(await ask({ kind: "delete", peeringId: id })).toEqual([
    'amber: Policy "Frozen" forbids this deletion, if Atlas checks deletions: Ask first',
  ])
  const entries =
    desk.simulator.state().projects.find((one) => one.id === seededIds.payments)?.accessList ?? []
  expect(await ask({ kind: "access-list-add", entry: "10.9.0.0/16" })).toEqual([
    expect.stringMatching(
      entries.length > 0 ? /^red: Policy "Closed" forbids 10/ : /^amber: Policy "Closed" may/,
    ),
  ])
  expect(await ask({ kind: "access-list-add", entry: "sg-0123456789abcdef0" })).toEqual([
    'unchecked: Policy "Closed" not checked: a security group has no address to compare',
  ])
  expect(desk.asked("POST", "/accessList")).toBe(0)
})

async function findAws() {
  await desk.call("GET", apiUrls.peerings(seededIds.payments))
  const { peerings } = desk.services.pollers.live.list(seededIds.payments)
  for (const { id, peer } of peerings)
    if (peer.providerName === "AWS" && peer.statusName === "AVAILABLE") return { id, peer }
  throw new Error("there is no available AWS peering")
}
