import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { sandboxes } from "#world/sandboxes.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { send } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

const { guarded, hub, invoices, paymentsNight } = sandboxes
type Sandbox = (typeof sandboxes)[keyof typeof sandboxes]

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator({ scenario: "stage" })
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const post = (path: string, body: object) =>
  send(atlas.origin, "POST", `/simulator${path}`, {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  })
const reset = (project: string) => post("/reset", { project })

async function readPolicies(): Promise<object[]> {
  const headers = { Accept: "application/vnd.atlas.2024-08-05+json" }
  const answer = await atlas.v2("GET", `/orgs/${guarded.orgId}/resourcePolicies`, undefined, headers)
  return JSON.parse(answer.text) as object[]
}

/** Lists everything that a scene may change. */
async function readWorld(): Promise<object[]> {
  const { simulator } = atlas
  const { projects } = simulator.state()
  const roles = simulator.readingRoles()
  return structuredClone([...projects, ...simulator.networks(), ...roles, ...(await readPolicies())])
}

/** Tells if a part of the world is of a sandbox: it has an id that no other sandbox has. */
function isOf(sandbox: Sandbox, part: object): boolean {
  const { network, projectId } = sandbox
  const account = ["awsAccountId", "azureSubscriptionId", "gcpProjectId"].flatMap(
    (name) => (Reflect.get(network, name) as string | undefined) ?? [],
  )
  const own = [projectId, ...account, ...("peered" in sandbox ? [sandbox.peered.projectId] : [])]
  return (
    own.some((id) => JSON.stringify(part).includes(id)) ||
    ("orgId" in sandbox && JSON.stringify(part).includes(sandbox.orgId))
  )
}

/** Changes what scenes may change, in every project. */
function changeEverything(): void {
  const { simulator } = atlas
  for (const { id, peers } of simulator.state().projects) {
    for (const peer of peers)
      if (peer.acts.includes("delete-network")) simulator.cloudSide(peer.id, "delete-network")
    simulator.putCluster(id, {
      name: "new",
      regions: [{ providerName: "AWS", regionName: "US_WEST_2", nodes: 3 }],
    })
  }
  for (const network of simulator.networks()) {
    if (network.providerName === "AWS") simulator.actOnNetwork({ act: "dns-off", network: network.vpcId })
    if (network.providerName === "AZURE") {
      const { providerName, azureDirectoryId, azureSubscriptionId, resourceGroupName, vnetName } = network
      const ids = { providerName, azureDirectoryId, azureSubscriptionId, resourceGroupName, vnetName }
      simulator.setAzureRole(ids, network.atlasRoles.length === 0)
    }
    if (network.providerName === "GCP")
      simulator.actOnNetwork({
        act: "add-route",
        network: network.networkName,
        to: "10.9.0.0/16",
        target: "10.8.0.1",
      })
  }
  for (const { arn } of simulator.readingRoles()) simulator.actOnNetwork({ act: "revoke-role", arn })
  simulator.setPolicies([{ orgId: guarded.orgId, name: "Other", bodies: [] }])
}

describe("POST /simulator/reset with a project", () => {
  it.each(Object.values(sandboxes).map((one) => [one.name, one] as const))(
    "puts %s back to its beginning and leaves the rest as it was",
    async (_name, sandbox) => {
      const split = (world: object[]) => ({
        own: world.filter((part) => isOf(sandbox, part)),
        others: world.filter((part) => !isOf(sandbox, part)),
      })
      const fresh = split(await readWorld())
      changeEverything()
      const before = split(await readWorld())
      for (const part of fresh.own) expect(before.own).not.toContainEqual(part)
      expect((await reset(sandbox.projectId)).json).toEqual(atlas.simulator.state())
      const after = await readWorld()
      expect(split(after)).toEqual({ own: fresh.own, others: before.others })
      await reset(sandbox.projectId)
      expect(await readWorld()).toEqual(after)
    },
  )

  it("leaves time, speed and faults alone, and brings the same ids back at another time", async () => {
    const readPeer = () =>
      atlas.simulator.state().projects.find(({ id }) => id === paymentsNight.projectId)?.peers[0]
    const { id, connectionId } = readPeer() ?? {}
    await post("/faults", { fault: { delayMs: 1 } })
    await post("/clock", { speed: 7, advanceSeconds: 90_000 })
    atlas.simulator.cloudSide(id ?? "", "delete-network")
    const clock = atlas.simulator.clock()
    await reset(paymentsNight.projectId)
    expect(atlas.simulator.clock()).toEqual(clock)
    expect(atlas.simulator.faults()).toMatchObject([{ fault: { delayMs: 1 } }])
    expect(readPeer()).toMatchObject({ id, connectionId, status: "AVAILABLE" })
  })

  it("forgets what a scene created in its project", async () => {
    const { projectId, container, network } = sandboxes.billing
    const { awsAccountId, vpcId, region, cidr } = network
    const create = () =>
      atlas.v1("POST", `/groups/${projectId}/peers`, {
        containerId: container.id,
        providerName: "AWS",
        awsAccountId,
        vpcId,
        accepterRegionName: region,
        routeTableCidrBlock: cidr,
      })
    expect((await create()).status).toBe(201)
    expect((await create()).status).toBe(409)
    await reset(projectId)
    expect((await create()).status).toBe(201)
  })

  it.each([
    [
      "a project that no scene has",
      { project: seededIds.payments },
      /64b1f0a27c3d5e4f8a9b0c1d is no sandbox/,
    ],
    ["a project that no key sees", { project: hub.peered.projectId }, /is no sandbox of the scenario stage/],
    ["a scenario beside it", { project: hub.projectId, scenario: "demo" }, /give scenario or project/],
  ])("refuses %s", async (_name, body, sentence) => {
    const before = await readWorld()
    const { status, json } = await post("/reset", body)
    expect(status).toBe(400)
    expect(json["error"]).toMatch(sentence)
    expect(await readWorld()).toEqual(before)
  })

  it("refuses every project in a scenario without sandboxes", async () => {
    atlas.simulator.reset("demo")
    expect((await reset(hub.projectId)).json["error"]).toMatch(/is no sandbox of the scenario demo/)
  })
})

describe("the scenario stage", () => {
  it("is the demo and the projects of the scenes", () => {
    const { projects } = atlas.simulator.state()
    atlas.simulator.reset("demo")
    const demo = atlas.simulator.state().projects
    expect(projects.slice(0, demo.length)).toEqual(demo)
    const ids = projects.slice(demo.length).map(({ id }) => id)
    expect(ids.filter((id) => id !== hub.peered.projectId)).toEqual(
      Object.values(sandboxes).map(({ projectId }) => projectId),
    )
  })

  it("has a hub whose other peering only a look-up shows", async () => {
    const { results } = (await atlas.v2("GET", "/groups?itemsPerPage=500")).json as {
      results: { id: string }[]
    }
    const ids = results.map(({ id }) => id)
    expect(ids).toContain(hub.projectId)
    expect(ids).not.toContain(hub.peered.projectId)
    const { awsAccountId, vpcId, region } = hub.network
    const filter = `--filters=Name=accepter-vpc-info.vpc-id,Values=${vpcId}`
    const args = ["ec2", "describe-vpc-peering-connections", `--region=${region}`, filter, "--output=json"]
    const { json } = await post("/cloud-tools", { tool: "aws", args, account: awsAccountId })
    expect(json["output"]).toContain(hub.peered.cidr)
  })

  it("has a VNet without Atlas's role, which Azure refuses until it is assigned", async () => {
    const { region: _region, atlasRegion: _atlasRegion, cidr: _cidr, ...ids } = invoices.network
    const network = { providerName: "AZURE", ...ids }
    const body = { ...network, containerId: invoices.container.id }
    const create = () => atlas.v1("POST", `/groups/${invoices.projectId}/peers`, body)
    expect((await create()).json["errorCode"]).toBe("AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED")
    await post("/azure-role", { network, isAssigned: true })
    const vnet = atlas.simulator.networks().find((one) => "vnetName" in one && one.vnetName === ids.vnetName)
    expect(vnet).toMatchObject({ atlasRoles: [{ role: expect.stringMatching(/^AtlasPeering/) }] })
    expect((await create()).status).toBe(201)
  })

  it("has an organisation whose policy forbids every connection", async () => {
    const { container, network, projectId } = guarded
    const { status } = await atlas.v1("POST", `/groups/${projectId}/peers`, {
      containerId: container.id,
      providerName: "AWS",
      awsAccountId: network.awsAccountId,
      vpcId: network.vpcId,
      accepterRegionName: network.region,
      routeTableCidrBlock: network.cidr,
    })
    expect(status).toBe(403)
  })
})
