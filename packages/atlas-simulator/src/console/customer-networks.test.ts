import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { customerNetworkSchema } from "#world/customer/network-schema.ts"
import { seededIds } from "#world/seeded-ids.ts"
import { scenarios } from "#world/world.ts"
import { send } from "#testing-caller.ts"
import { startTestSimulator, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

const call = (method: string, path: string, body?: unknown) =>
  send(atlas.origin, method, `/simulator${path}`, {
    headers: { "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const act = (body: unknown) => call("POST", "/network-acts", body)
const networks = () => atlas.simulator.networks()
const named = (name: string) => networks().find((one) => Object.values(one).some((value) => value === name))
const routesOf = (name: string) => {
  const network = named(name)
  if (network?.providerName === "GCP") return network.routes.map(({ to }) => to)
  return network?.routeTables.flatMap(({ routes }) => routes.map(({ to }) => to))
}

const works = "vpc-05c1d9e87b3a2f406"
const atlasCidr = "192.168.248.0/21"
const newVpc = { providerName: "AWS", awsAccountId: "482913570264", vpcId: "vpc-0ffffffffffffffff" }
const role = {
  arn: "arn:aws:iam::482913570264:role/network-read",
  account: "482913570264",
  externalIds: ["one"],
  rights: ["ec2:DescribeVpcs"],
  isRevoked: false,
}

describe("the customer's networks of the demo", () => {
  it("are those of every working connection, with routes to Atlas on AWS", () => {
    const working = atlas.simulator
      .state()
      .projects.flatMap(({ peers }) => peers)
      .filter(({ status }) => status === "AVAILABLE")
    const peerings = networks().flatMap((network) =>
      network.peerings.map((peering) => ({ network, ...peering })),
    )
    for (const peer of working) {
      const own = peerings.find(({ peerId }) => peerId === peer.id)
      expect(own?.state).toMatch(/^(active|ACTIVE|Connected)$/)
      if (own?.network.providerName !== "AWS") continue
      const used = own.network.routeTables.filter(({ subnets }) => subnets.length > 0)
      for (const { routes } of used)
        expect(routes).toContainEqual({ to: own.atlas.cidr, target: peer.connectionId })
    }
    expect(working.map(({ providerName }) => providerName)).toEqual(
      expect.arrayContaining(["AWS", "GCP", "AZURE"]),
    )
  })

  it("are as the data file holds them in every scenario", () => {
    for (const scenario of scenarios) {
      atlas.simulator.reset(scenario)
      for (const { peerings: _peerings, ...network } of networks())
        expect(customerNetworkSchema.parse(network)).toEqual(network)
    }
    atlas.simulator.reset("demo")
  })

  it("show a request that waits, the same one accepted, and none for one that Atlas hasn't made yet", () => {
    const pending = () => named("vpc-078ac381aa90e1e63")?.peerings
    expect(pending()).toMatchObject([{ state: "pending-acceptance", id: expect.stringMatching(/^pcx-/) }])
    atlas.simulator.cloudSide(pending()?.[0]?.peerId ?? "", "accept")
    expect(pending()).toMatchObject([{ state: "active" }])
    expect(named("vpc-0e7d6c5b4a3928170")?.peerings).toEqual([])
  })

  it("have the peering on Google Cloud once their owner made it", () => {
    const waiting = () => named("payments-vpc")?.peerings
    expect(waiting()).toEqual([])
    const project = atlas.simulator.state().projects.find(({ id }) => id === seededIds.payments)
    const peer = project?.peers.find(({ status }) => status === "WAITING_FOR_USER")
    atlas.simulator.cloudSide(peer?.id ?? "", "create-reciprocal")
    expect(waiting()).toMatchObject([{ state: "ACTIVE", peerId: peer?.id }])
  })
})

describe("PUT /simulator/networks", () => {
  it("puts a network that works where nothing else is said, and replaces the one with its ids", async () => {
    const { json } = await call("PUT", "/networks", { ...newVpc, cidrs: ["10.99.0.0/16"] })
    expect(json["network"]).toMatchObject({ ...newVpc, dnsSupport: true, region: "us-east-1" })
    await call("PUT", "/networks", { ...newVpc, dnsSupport: false })
    const put = networks().filter((one) => one.providerName === "AWS" && one.vpcId === newVpc.vpcId)
    expect(put).toMatchObject([{ dnsSupport: false }])
    expect((await call("GET", "/networks")).json["networks"]).toEqual(networks())
  })

  it.each<[string, unknown, RegExp]>([
    ["one without its VPC", { providerName: "AWS", awsAccountId: "482913570264" }, /vpcId/],
    ["a part that the cloud hasn't", { ...newVpc, vnetName: "vnet" }, /vnetName/],
    ["addresses that are no CIDR", { ...newVpc, cidrs: ["10.0.0.0"] }, /cidrs\.0: give a CIDR/],
    ["one without addresses", { ...newVpc, cidrs: [] }, /cidrs/],
  ])("refuses %s", async (_name, body, sentence) => {
    const { status, json } = await call("PUT", "/networks", body)
    expect([status, json["error"]]).toEqual([400, expect.stringMatching(sentence)])
  })
})

describe("POST /simulator/network-acts", () => {
  it("deletes a route from the table that has it, and adds it again", async () => {
    const { json } = await act({ act: "delete-route", network: works, to: atlasCidr })
    expect(json["changed"]).toMatchObject({ vpcId: works })
    expect(routesOf(works)).not.toContain(atlasCidr)
    const table = named(works)
    const id = table?.providerName === "AWS" ? table.routeTables[1]?.id : ""
    await act({ act: "add-route", network: works, table: id, to: atlasCidr, target: "pcx-1" })
    expect(routesOf(works)?.filter((to) => to === atlasCidr)).toHaveLength(1)
  })

  it("adds routes on Google Cloud and Azure", async () => {
    await act({ act: "add-route", network: "shared-core", to: "10.96.0.0/20", target: "10.212.0.9" })
    expect(routesOf("shared-core")).toContain("10.96.0.0/20")
    const target = "VirtualAppliance 10.110.9.4"
    await act({ act: "add-route", network: "VNET-payments-eastus2", to: "172.20.0.0/21", target })
    expect(routesOf("vnet-payments-eastus2")).toContain("172.20.0.0/21")
  })

  it("switches DNS hostnames off, and revokes a role", async () => {
    await act({ act: "dns-off", network: works })
    expect(named(works)).toMatchObject({ dnsSupport: true, dnsHostnames: false })
    await call("PUT", "/reading-roles", role)
    await act({ act: "revoke-role", arn: role.arn })
    expect((await call("GET", "/reading-roles")).json["roles"]).toContainEqual({ ...role, isRevoked: true })
    await call("PUT", "/reading-roles", role)
    expect(atlas.simulator.readingRoles()).toContainEqual(role)
  })

  it.each<[string, unknown, RegExp]>([
    ["an unknown act", { act: "add-peering", network: works }, /act/],
    ["an unknown network", { act: "dns-off", network: "vpc-1" }, /no network vpc-1/],
    ["DNS attributes of another cloud", { act: "dns-off", network: "warehouse" }, /needs a VPC.*GCP/],
    ["a route that isn't there", { act: "delete-route", network: works, to: "10.9.0.0/16" }, /no route for/],
    ["the local route", { act: "delete-route", network: works, to: "10.0.0.0/16" }, /no route.*be deleted/],
    [
      "a table that isn't there",
      { act: "delete-route", network: works, table: "rtb-1", to: atlasCidr },
      /no route table rtb-1/,
    ],
    [
      "a second route to the same CIDR",
      { act: "add-route", network: works, to: atlasCidr, target: "igw-1" },
      /has a route/,
    ],
    ["no CIDR", { act: "add-route", network: works, to: "all", target: "igw-1" }, /to: give a CIDR/],
    ["an unknown role", { act: "revoke-role", arn: role.arn }, /no role/],
  ])("refuses %s and names the reason", async (_name, body, sentence) => {
    const { status, json } = await act(body)
    expect([status, json["error"]]).toEqual([400, expect.stringMatching(sentence)])
  })

  it("names the networks when several have the name", async () => {
    const ids = { providerName: "GCP", networkName: "warehouse" }
    await call("PUT", "/networks", { ...ids, gcpProjectId: "acme-copy-1" })
    const { json } = await act({ act: "delete-route", network: "warehouse", to: "0.0.0.0/0" })
    expect(json["error"]).toMatch(/several networks.*GCP acme-copy-1 warehouse/)
    const network = "GCP acme-copy-1 warehouse"
    expect((await act({ act: "delete-route", network, to: "0.0.0.0/0" })).status).toBe(200)
  })
})

it("a data file keeps the customer's networks and roles, which a reset sets back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"))
  const dataFile = join(folder, "atlas.json")
  const before = await startTestSimulator({ dataFile })
  const fresh = [before.simulator.networks(), before.simulator.readingRoles()]
  before.simulator.actOnNetwork({ act: "delete-route", network: works, to: atlasCidr })
  before.simulator.putReadingRole(role)
  const changed = before.simulator.networks()
  expect(changed).not.toEqual(fresh[0])
  await before.simulator.close()
  const after = await startTestSimulator({ dataFile })
  expect(after.simulator.networks()).toEqual(changed)
  expect(after.simulator.readingRoles()).toContainEqual(role)
  after.simulator.reset()
  expect([after.simulator.networks(), after.simulator.readingRoles()]).toEqual(fresh)
  await after.simulator.close()
  rmSync(folder, { recursive: true })
})
