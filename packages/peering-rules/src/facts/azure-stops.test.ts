import type { AzurePeer } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { azure, azureContainer } from "#test/connections.ts"
import { now, readAll } from "#test/read-facts.ts"
import { toRunbook } from "#runbook/runbook.ts"
import { addRoleFacts } from "./read-role-facts.ts"
import { findCause, listStops } from "./stops.ts"
import type { Stop } from "./stop.ts"

const find = (stops: readonly Stop[], id: string) => stops.find((one) => one.id === id)

describe("Facts and stops of Azure", () => {
  const scope =
    "/subscriptions/66666666-7777-8888-9999-000000000000/resourceGroups/net/providers/Microsoft.Network"
  const vnet = `${scope}/virtualNetworks/hub`
  const atlasVnet =
    "/subscriptions/aaaaaaaa-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet_atlas"
  const container = {
    ...azureContainer,
    azureSubscriptionId: "aaaaaaaa-0000-0000-0000-000000000001",
    vnetName: "vnet_atlas",
  }
  const peering = (name: string, state: string, remote: string, ...prefixes: string[]) => ({
    id: `${vnet}/virtualNetworkPeerings/${name}`,
    name,
    peeringState: state,
    peeringSyncLevel: "FullyInSync",
    remoteVirtualNetwork: { id: remote },
    remoteAddressSpace: { addressPrefixes: prefixes },
  })
  const atlas = (state: string) => peering("atlas", state, atlasVnet, "10.8.0.0/21")
  const subnet = (name: string, names: object = {}) => ({
    id: `${vnet}/subnets/${name}`,
    name,
    addressPrefix: name === "a" ? "10.15.0.0/24" : "10.15.1.0/24",
    ...names,
  })
  const toVnet = (changes: object = {}) => ({
    id: vnet,
    name: "hub",
    location: "westeurope",
    addressSpace: { addressPrefixes: ["10.15.0.0/16"] },
    subnets: [subnet("a"), subnet("b")],
    virtualNetworkPeerings: [atlas("Connected")],
    ...changes,
  })
  const table = {
    id: `${scope}/routeTables/rt`,
    name: "rt",
    routes: [
      { addressPrefix: "10.8.0.0/21", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.15.9.4" },
    ],
  }
  const wide = {
    ...table,
    routes: [{ addressPrefix: "0.0.0.0/0", nextHopType: "VirtualAppliance", nextHopIpAddress: "10.15.9.4" }],
  }
  const usesTable = { routeTable: { id: table.id } }
  const nsg = (access: string, priority: number, destination = "*") => ({
    id: `${scope}/networkSecurityGroups/nsg`,
    name: "nsg",
    securityRules: [
      {
        direction: "Outbound",
        access,
        priority,
        protocol: "*",
        destinationAddressPrefix: destination,
        destinationPortRange: "*",
        sourceAddressPrefix: "*",
      },
    ],
    defaultSecurityRules: [
      {
        direction: "Outbound",
        access: "Allow",
        priority: 65000,
        protocol: "*",
        destinationAddressPrefix: "VirtualNetwork",
        destinationPortRange: "*",
      },
      {
        direction: "Outbound",
        access: "Deny",
        priority: 65500,
        protocol: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      },
    ],
  })
  const usesNsg = { networkSecurityGroup: { id: `${scope}/networkSecurityGroups/nsg` } }
  const list = (peer: Partial<AzurePeer>, ...outputs: unknown[]) =>
    listStops({ ...azure, ...peer }, container, readAll(...outputs), now)

  test("az network vnet show alone proves the stops without tables and groups", () => {
    const facts = readAll(toVnet())
    expect(facts).toMatchObject({
      account: { value: azure.azureSubscriptionId },
      resourceGroup: { value: "net" },
      network: { value: "hub" },
      region: { value: "westeurope" },
      addresses: { value: ["10.15.0.0/16"] },
      routeTables: { value: [] },
      peerings: { value: [{ id: "atlas", state: "Connected", network: atlasVnet, ranges: ["10.8.0.0/21"] }] },
    })
    expect(list({}, toVnet()).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "application proven",
      "route proven",
      "firewall proven",
      "role proven",
      "peering proven",
    ])
  })

  test("Azure's open firewall names the groups that aren't read", () => {
    expect(find(list({}, toVnet()), "firewall")?.says).toBe(
      "No subnet has a network security group. Groups of network interfaces aren't read.",
    )
  })

  test("az network vnet peering list alone names the peerings", () => {
    const facts = readAll([
      atlas("Initiated"),
      peering("to-hub", "Connected", `${scope}/virtualNetworks/other`, "10.9.0.0/16"),
    ])
    expect(facts.network?.value).toBe("hub")
    expect(facts.peerings?.value.map(({ id, ranges }) => [id, ranges])).toEqual([
      ["atlas", ["10.8.0.0/21"]],
      ["to-hub", ["10.9.0.0/16"]],
    ])
  })

  const role = (name: string) => [
    {
      principalId: "p",
      principalName: "e90a1407-55c3-432d-9cb1-3638900a9d22",
      principalType: "ServicePrincipal",
      roleDefinitionName: name,
      scope: vnet,
    },
  ]

  test("A role of the company's may allow peering, so it is not checked", () => {
    const stops = list(
      { status: "FAILED" },
      toVnet({ virtualNetworkPeerings: [] }),
      role("corp-mongo-peering"),
    )
    expect(find(stops, "role")).toMatchObject({
      state: "not-checked",
      says: expect.stringContaining("has corp-mongo-peering on hub"),
    })
  })

  const hub = peering("to-hub", "Disconnected", `${scope}/virtualNetworks/other`, "10.8.0.0/16")

  test.each<[title: string, peer: Partial<AzurePeer>, outputs: unknown[], id: string, says: RegExp]>([
    [
      "a user-defined route",
      {},
      [toVnet({ subnets: [subnet("a", usesTable)] }), table],
      "route",
      /rt leads 10\.8\.0\.0\/21 to VirtualAppliance 10\.15\.9\.4/,
    ],
    [
      "an NSG",
      {},
      [toVnet({ subnets: [subnet("a", usesNsg)] }), nsg("Deny", 100)],
      "firewall",
      /nsg doesn't let all of 27015–27017 out/,
    ],
    [
      "no role",
      { status: "FAILED" },
      [toVnet({ virtualNetworkPeerings: [] }), role("Reader")],
      "role",
      /has only Reader on hub/,
    ],
    [
      "a disconnected half",
      {},
      [toVnet({ virtualNetworkPeerings: [atlas("Disconnected")] })],
      "peering",
      /atlas is Disconnected/,
    ],
    [
      "the peering is gone",
      {},
      [toVnet({ virtualNetworkPeerings: [] })],
      "peering",
      /hub has no peering with Atlas's VNet any more/,
    ],
    [
      "an overlap with another peer",
      { status: "FAILED" },
      [toVnet({ virtualNetworkPeerings: [hub] })],
      "peering",
      /10\.8\.0\.0\/16 of the peering to-hub \(Disconnected\) overlaps/,
    ],
    [
      "an overlap with the VNet",
      { status: "ADDING_PEER" },
      [toVnet({ addressSpace: { addressPrefixes: ["10.8.4.0/22"] }, virtualNetworkPeerings: [] })],
      "peering",
      /10\.8\.4\.0\/22 of hub overlaps/,
    ],
    [
      "Atlas's own words",
      { status: "FAILED", errorState: "It failed." },
      [toVnet({ virtualNetworkPeerings: [] })],
      "peering",
      /^The peering failed: It failed\.$/,
    ],
    [
      "a deletion that failed",
      { status: "DELETION_FAILED", errorState: "No permission." },
      [toVnet({ virtualNetworkPeerings: [] })],
      "peering",
      /^Atlas couldn't delete the peering: No permission\.$/,
    ],
  ])("One cause is named: %s", (_title, peer, outputs, id, says) => {
    expect(findCause(list(peer, ...outputs))).toMatchObject({
      id,
      state: "broken",
      says: expect.stringMatching(says),
    })
  })

  test.each<[title: string, outputs: unknown[]]>([
    ["a wider route of a table", [toVnet({ subnets: [subnet("a", usesTable)] }), wide]],
    ["a denial of the internet", [toVnet({ subnets: [subnet("a", usesNsg)] }), nsg("Deny", 100, "Internet")]],
    [
      "an NSG without own rules",
      [toVnet({ subnets: [subnet("a", usesNsg)] }), { ...nsg("Deny", 1), securityRules: [] }],
    ],
  ])("A trap is healthy: %s", (_title, outputs) => {
    expect(
      list({}, ...outputs)
        .slice(0, 5)
        .map(({ state }) => state),
    ).toEqual(Array.from({ length: 5 }, () => "proven"))
  })

  test("Tables, groups and halves that are in doubt are no cause", () => {
    const stops = list(
      {},
      toVnet({ subnets: [subnet("a", usesTable), subnet("b", usesNsg)] }),
      table,
      nsg("Deny", 100),
    )
    expect(find(stops, "route")).toMatchObject({ state: "not-checked", next: "Does the application use a?" })
    expect(find(stops, "firewall")).toMatchObject({
      state: "not-checked",
      next: "Does the application use b?",
    })
    expect(findCause(stops)).toBeNull()
    expect(readAll(toVnet({ subnets: [subnet("a", usesTable)] }))).not.toHaveProperty("routeTables")
    const half = list({ status: "ADDING_PEER" }, toVnet({ virtualNetworkPeerings: [atlas("Initiated")] }))
    expect(findCause(half)).toMatchObject({
      id: "peering",
      state: "waiting",
      says: expect.stringContaining("Initiated"),
    })
  })

  test.each<[title: string, access: string, changes: object, state: string]>([
    ["a machine is let out", "Allow", { sourceAddressPrefix: "10.15.0.4" }, "not-checked"],
    ["a group is let out", "Allow", { sourceApplicationSecurityGroups: [{ id: "asg" }] }, "not-checked"],
    ["a machine is kept in", "Deny", { sourceAddressPrefixes: ["10.15.0.4/32"] }, "not-checked"],
    ["some source ports are let out", "Allow", { sourcePortRange: "1024-5000" }, "not-checked"],
    ["some source ports are kept in", "Deny", { sourcePortRanges: ["80", "443"] }, "not-checked"],
    ["every source port is kept in", "Deny", { sourcePortRange: "*", sourcePortRanges: [] }, "broken"],
    ["27017 alone is let out", "Allow", { destinationPortRange: "27017" }, "not-checked"],
    ["a part of the CIDR is let out", "Allow", { destinationAddressPrefix: "10.8.4.0/22" }, "not-checked"],
    ["27016 alone is let out", "Allow", { destinationPortRange: "27016" }, "broken"],
    ["the network is let out", "Allow", { sourceAddressPrefix: "VirtualNetwork" }, "proven"],
    ["the subnet is let out", "Allow", { sourceAddressPrefix: "10.15.0.0/16" }, "proven"],
    ["the subnet is kept in", "Deny", { sourceAddressPrefix: "10.15.0.0/24" }, "broken"],
  ])("An NSG's rule counts for its sources and ports alone: %s", (_title, access, changes, state) => {
    const [all] = nsg(access === "Allow" ? "Deny" : "Allow", 200).securityRules
    const [one] = nsg(access, 100).securityRules
    const rules = [{ ...one, sourceAddressPrefix: "", ...changes }, all]
    const stops = list({}, toVnet({ subnets: [subnet("a", usesNsg)] }), {
      ...nsg("Allow", 1),
      securityRules: rules,
    })
    expect(find(stops, "firewall")).toMatchObject({ state })
  })

  test("An NSG's inbound rule for one machine changes no word about what goes out", () => {
    const group = nsg("Deny", 100)
    const [deny] = group.securityRules
    const inbound = { ...deny, direction: "Inbound", access: "Allow", destinationAddressPrefix: "10.15.0.4" }
    const stops = list({}, toVnet({ subnets: [subnet("a", usesNsg)] }), {
      ...group,
      securityRules: [inbound, deny],
    })
    expect(find(stops, "firewall")).toMatchObject({
      state: "broken",
      says: expect.stringMatching(/^nsg doesn't let all of 27015–27017 out to [\d./]+\.$/),
    })
  })

  test("An NSG's rule for every source counts in a subnet with IPv6 too", () => {
    const dual = { ...subnet("a", usesNsg), addressPrefixes: ["10.15.0.0/24", "fd00::/64"] }
    const findFirewall = (group: object) => find(list({}, toVnet({ subnets: [dual] }), group), "firewall")
    expect(findFirewall(nsg("Allow", 100))).toMatchObject({ state: "proven" })
    expect(findFirewall(nsg("Deny", 100))).toMatchObject({ state: "broken" })
  })

  test("A look-up from before Atlas's status says nothing against it", () => {
    const facts = readAll(toVnet({ virtualNetworkPeerings: [] }))
    const listSince = (since: number) =>
      find(listStops(azure, container, facts, now, {}, new Date(since).toISOString()), "peering")
    expect(listSince(now - 1)).toMatchObject({ state: "broken", source: "pasted" })
    expect(listSince(now + 1)).toMatchObject({ state: "proven", source: "atlas" })
  })

  test.each(["Initiated", "Disconnected"])(
    "A half that was %s before Atlas's status may be whole",
    (half) => {
      const facts = readAll(toVnet({ virtualNetworkPeerings: [atlas(half)] }))
      const since = new Date(now + 1).toISOString()
      const stops = listStops(azure, container, facts, now, {}, since)
      expect(find(stops, "peering")).toMatchObject({ state: "proven", source: "atlas" })
    },
  )

  test.each([
    [{ peeringSyncLevel: "RemoteNotInSync" }, "RemoteNotInSync", /create the connection again/],
    [{ allowVirtualNetworkAccess: false }, "allowVirtualNetworkAccess is off", /Switch it on/],
    [{ properties: { peerCompleteVnets: false } }, "peerCompleteVnets is off", /Switch it on/],
  ])("A half that is Connected in part isn't proven: %j", (changes, doubt, next) => {
    const half = { ...atlas("Connected"), ...changes }
    expect(find(list({}, toVnet({ virtualNetworkPeerings: [half] })), "peering")).toMatchObject({
      state: "not-checked",
      says: `atlas is Connected, but ${doubt}: some traffic may not pass.`,
      next: expect.stringMatching(next),
    })
    const whole = {
      ...half,
      peeringSyncLevel: "FullyInSync",
      allowVirtualNetworkAccess: true,
      properties: {},
    }
    expect(find(list({}, toVnet({ virtualNetworkPeerings: [whole] })), "peering")?.state).toBe("proven")
  })

  test("Atlas's VNet is found by its name, also in another subscription than Atlas names", () => {
    const elsewhere = atlasVnet.replace("aaaaaaaa", "bbbbbbbb")
    const stops = list({}, toVnet({ virtualNetworkPeerings: [peering("atlas", "Connected", elsewhere)] }))
    expect(find(stops, "peering")).toMatchObject({ state: "proven", says: "atlas is Connected." })
  })

  test("Role assignments count for their VNet", () => {
    const facts = readAll(role(`AtlasPeering/${azure.azureSubscriptionId}/net/hub`))
    expect(facts).toMatchObject({ network: { value: "hub" }, roles: { value: [{ scope: vnet }] } })
    const stops = listStops({ ...azure, status: "ADDING_PEER" }, container, facts, now)
    expect(find(stops, "role")).toMatchObject({ state: "proven", source: "pasted" })
  })

  test("A role list goes with what is known of its VNet, and one that doesn't tell gives nothing", () => {
    const known = readAll(toVnet())
    const text = JSON.stringify(role("Network Contributor"))
    const added = addRoleFacts(text, azure, known, now)
    expect(added).toMatchObject({
      subnets: known.subnets,
      roles: { source: "pasted", value: [{ role: "Network Contributor", scope: vnet }] },
    })
    expect(addRoleFacts("[]", azure, null, now)?.roles?.value).toEqual([])
    expect(addRoleFacts("[{", azure, known, now)).toBeNull()
    const other = addRoleFacts(text, { ...azure, vnetName: "spoke" }, known, now)
    expect(other).toMatchObject({ network: { value: "spoke" }, roles: { value: [] } })
    expect(other).not.toHaveProperty("subnets")
  })

  test("Each stop's step is a step of the runbook", () => {
    const ids = toRunbook(azure, azureContainer).map(({ id }) => id)
    const steps = listStops(azure, azureContainer, null, now).flatMap(({ stepId }) => stepId ?? [])
    expect(steps).toContain("azure-routes")
    expect(ids).toEqual(expect.arrayContaining(steps))
  })
})
