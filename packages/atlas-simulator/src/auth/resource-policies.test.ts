import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { orgId, seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"
import { createCaller, type TestAnswer } from "#testing-caller.ts"

const { payments, emptySandbox, longName } = seededIds
const peering = 'ResourcePolicy::Action::"project.vpcPeering.modify"'
const addresses = 'ResourcePolicy::Action::"project.ipAccessList.modify"'
const dated = { Accept: "application/vnd.atlas.2024-08-05+json" }
const refusal = "403 ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED"

let atlas: TestSimulator

beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const outcome = ({ status, json }: TestAnswer) => [status, json["errorCode"]].filter(Boolean).join(" ")
const forbid = (action: string, rest = "") => `forbid (principal, action == ${action}, resource) ${rest};`
const set = (body: string, reading?: "before" | "after") =>
  atlas.simulator.setPolicies([{ name: "Rule", bodies: [body] }], reading)

const networks = {
  AWS: {
    accepterRegionName: "eu-central-1",
    awsAccountId: "111122223333",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    routeTableCidrBlock: "172.31.0.0/16",
  },
  GCP: { gcpProjectId: "acme-new-network-1", networkName: "fresh" },
  AZURE: {
    azureDirectoryId: "11111111-1111-4111-8111-111111111111",
    azureSubscriptionId: "22222222-2222-4222-8222-222222222222",
    resourceGroupName: "rg-fresh",
    vnetName: "vnet-fresh",
  },
}
const connections = {
  AWS: "aws:111122223333:vpc-0a1b2c3d4e5f60718:172.31.0.0/16",
  GCP: "gcp:acme-new-network-1:fresh",
  AZURE: "azure:22222222-2222-4222-8222-222222222222:rg-fresh:vnet-fresh",
}
type Cloud = keyof typeof networks

/** The documentation's project has a container of each cloud. */
function create(providerName: Cloud) {
  const { documentationProject: project, documentationContainer: containerId } = seededIds
  const body = { containerId, providerName, ...networks[providerName] }
  return atlas.v2("POST", `/groups/${project}/peers`, body)
}

const add = (cidrBlock: string, projectId: string = emptySandbox) =>
  atlas.v2("POST", `/groups/${projectId}/accessList`, [{ cidrBlock }])

test("GET /orgs/{id}/resourcePolicies answers a bare array on v2 alone, and one policy by its id", async () => {
  atlas.simulator.setPolicies([{ name: "Rule", description: "Why", bodies: [forbid(peering)] }])
  const path = `/orgs/${orgId}/resourcePolicies`
  const answer = await atlas.v2("GET", path, undefined, dated)
  const policies = JSON.parse(answer.text) as { id: string }[]
  expect(policies).toMatchObject([
    { name: "Rule", description: "Why", orgId, policies: [{ body: forbid(peering) }], version: "v1" },
  ])
  const one = await atlas.v2("GET", `${path}/${policies[0]?.id}`, undefined, dated)
  expect([one.status, one.json]).toEqual([200, policies[0]])
  expect(outcome(await atlas.v2("GET", `${path}/${"0".repeat(24)}`, undefined, dated))).toBe(
    "404 RESOURCE_NOT_FOUND",
  )
  expect(outcome(await atlas.v1("GET", path))).toBe("404 RESOURCE_NOT_FOUND")
})

test("GET /orgs/{id}/resourcePolicies needs a role that reads the organisation", async () => {
  const call = (publicKey: string, number: number) =>
    createCaller({
      origin: atlas.origin,
      publicKey,
      privateKey: `fa4e0000-0000-4000-8000-00000000000${number}`,
      version: "v2",
    })("GET", `/orgs/${orgId}/resourcePolicies`, undefined, dated)
  expect(outcome(await call("simreads", 2))).toBe("200")
  expect(outcome(await call("simscope", 3))).toBe("401 USER_CANNOT_ACCESS_ORG")
})

test.each(["AWS", "GCP", "AZURE"] as const)(
  "POST /peers for %s is refused by a policy that allows other connections only",
  async (cloud) => {
    set(forbid(peering, `unless { ["x"].containsAll(context.project.peeringConnections) }`))
    const refused = await create(cloud)
    expect(outcome(refused)).toBe(refusal)
    expect(refused.headers.get("x-error-code")).toBe("ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED")
    set(
      forbid(peering, `unless { ["${connections[cloud]}"].containsAll(context.project.peeringConnections) }`),
    )
    expect(outcome(await create(cloud))).toBe("201")
  },
)

test("policies see the connections before or after the change, as the control call says", async () => {
  const noneYet = forbid(peering, "unless { context.project.peeringConnections.isEmpty() }")
  set(noneYet, "before")
  expect(outcome(await create("GCP"))).toBe("201")
  expect(outcome(await create("AWS"))).toBe(refusal)
  atlas.reset()
  set(noneYet, "after")
  expect(outcome(await create("GCP"))).toBe(refusal)
})

test("a policy about one project or another action leaves other projects and changes alone", async () => {
  set(`forbid (principal, action == ${addresses}, resource in ResourcePolicy::Project::"${payments}");`)
  expect(outcome(await add("10.9.0.0/16", payments))).toBe(refusal)
  expect(outcome(await add("10.9.0.0/16"))).toBe("201")
  expect(outcome(await create("AWS"))).toBe("201")
})

test("PATCH and DELETE of a peer are refused by a policy against any change", async () => {
  const peer = atlas.simulator
    .state()
    .projects.find(({ id }) => id === payments)!
    .peers.find(({ providerName, status }) => providerName === "AWS" && status === "AVAILABLE")!
  set(forbid(peering))
  const path = `/groups/${payments}/peers/${peer.id}`
  const change = { providerName: "AWS", routeTableCidrBlock: "172.30.0.0/16" }
  expect(outcome(await atlas.v1("PATCH", path, change))).toBe(refusal)
  expect(outcome(await atlas.v1("DELETE", path))).toBe(refusal)
  set("")
  expect(outcome(await atlas.v1("DELETE", path))).toBe("202")
})

test("any /0 block is 0.0.0.0/0 to policies, and an access list that must stay empty takes no entry", async () => {
  set(forbid(addresses, 'when { context.project.ipAccessList.contains(ip("0.0.0.0/0")) }'))
  expect(outcome(await add("10.0.0.0/0"))).toBe(refusal)
  expect(outcome(await add("10.0.0.0/8"))).toBe("201")
  set(forbid(addresses, "unless { context.project.ipAccessList.isEmpty() }"))
  expect(outcome(await add("10.0.0.0/8", longName))).toBe(refusal)
  expect(outcome(await atlas.v2("DELETE", `/groups/${emptySandbox}/accessList/10.0.0.0%2F8`))).toBe("204")
})

test.each([
  "forbid (",
  "permit (principal, action, resource);",
  "forbid (principal, action, resource) when { context.x };",
])("the text %s forbids nothing", async (body) => {
  set(body)
  expect(outcome(await create("AWS"))).toBe("201")
})

test("POST /simulator/policies sets policies, and a reset forgets them", async () => {
  const post = (body: unknown) =>
    fetch(`${atlas.origin}/simulator/policies`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  const answer = await post({ policies: [{ name: "Rule", bodies: [forbid(peering)] }], reading: "before" })
  expect(answer.status).toBe(204)
  expect(outcome(await create("AWS"))).toBe(refusal)
  atlas.reset()
  expect(outcome(await create("AWS"))).toBe("201")
  expect((await post({ policies: [{ bodies: "x" }] })).status).toBe(400)
})
