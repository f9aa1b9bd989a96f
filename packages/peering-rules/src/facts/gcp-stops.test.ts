import type { GcpPeer } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { azure, gcp, gcpContainer } from "#test/connections.ts"
import { now, readAll } from "#test/read-facts.ts"
import { toRunbook } from "#runbook/runbook.ts"
import { readLookUp } from "./read-look-up.ts"
import { findCause, listStops } from "./stops.ts"
import type { Stop } from "./stop.ts"

const find = (stops: readonly Stop[], id: string) => stops.find((one) => one.id === id)

describe("Facts and stops of Google Cloud", () => {
  const link = "https://www.googleapis.com/compute/v1/projects/shop-prod/global/networks/core"
  const peering = (name: string, state: string, network = "p-xyz/global/networks/nt-abc") => ({
    name,
    network: `https://www.googleapis.com/compute/v1/projects/${network}`,
    state,
    stateDetails: "[2026-11-29T03:00:00.000-08:00]: Connected.",
  })
  const network = (...peerings: object[]) => ({
    kind: "compute#network",
    name: "core",
    autoCreateSubnetworks: false,
    peerings,
    selfLink: link,
  })
  const subnets = [
    {
      kind: "compute#subnetwork",
      name: "apps",
      region: "https://x/regions/europe-west1",
      network: link,
      ipCidrRange: "10.15.0.0/20",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.64.0.0/14" }],
    },
  ]
  const route = (destRange: string, hop: object) => ({
    kind: "compute#route",
    name: "r",
    network: link,
    destRange,
    priority: 1000,
    ...hop,
  })
  const rule = (changes: object) => ({
    kind: "compute#firewall",
    name: "deny",
    network: link,
    direction: "EGRESS",
    priority: 1000,
    disabled: false,
    destinationRanges: ["0.0.0.0/0"],
    denied: [{ IPProtocol: "all" }],
    ...changes,
  })
  const defaults = [
    route("10.15.0.0/20", { nextHopNetwork: link }),
    route("0.0.0.0/0", { nextHopGateway: "https://x/gateways/default-internet-gateway" }),
  ]
  const toBlock = (read: object) =>
    [
      "----- BEGIN PEERING DESK LOOK-UP -----",
      JSON.stringify({
        peeringDeskLookUp: 1,
        cloud: "GCP",
        asked: { networkName: "core" },
        at: "2026-11-29T11:00:00Z",
        read,
        failed: {},
      }),
      "----- END PEERING DESK LOOK-UP -----",
    ].join("\n")
  const list = (peer: Partial<GcpPeer>, changes: object = {}, since: string | null = null) => {
    const read = readLookUp(
      toBlock({
        network: network(peering("atlas", "ACTIVE")),
        subnets,
        routes: defaults,
        "firewall-rules": [],
        "service-ranges": [],
        ...changes,
      }),
      now,
    )
    const [facts] = read !== null && "networks" in read ? read.networks : []
    return listStops({ ...gcp, status: "AVAILABLE", ...peer }, gcpContainer, facts ?? null, now, {}, since)
  }

  test("A look-up from before Atlas's status says nothing against it", () => {
    const listSince = (since: string) =>
      list({}, { network: network() }, since).find(({ id }) => id === "peering")
    expect(listSince("2026-11-29T10:59:59Z")).toMatchObject({ state: "broken", source: "pasted" })
    expect(listSince("2026-11-29T11:00:01Z")).toMatchObject({ state: "proven", source: "atlas" })
  })

  test("A half that was inactive, or active, before Atlas's status tells nothing of it", () => {
    const later = "2026-11-29T11:00:01Z"
    const inactive = { network: network(peering("atlas", "INACTIVE")) }
    expect(find(list({}, inactive, later), "peering")).toMatchObject({ state: "proven", source: "atlas" })
    expect(find(list(waiting, {}, later), "peering")).toMatchObject({ state: "waiting", source: "atlas" })
  })

  test("A whole look-up proves every stop up to the peering", () => {
    expect(list({}).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "application proven",
      "route proven",
      "firewall proven",
      "peering proven",
    ])
  })

  test("A route of a peering is no static route, also when the network's peerings weren't read", () => {
    const routes = [...defaults, route("10.8.0.0/24", { nextHopPeering: "atlas" })]
    expect(find(list({}, { routes, network: null }), "route")?.state).toBe("proven")
  })

  test("Google Cloud's open firewall names the rules that aren't read", () => {
    expect(find(list({}), "firewall")?.says).toMatch(
      /^No VPC firewall rule denies .* Firewall policies aren't read\.$/,
    )
  })

  const service = [
    {
      kind: "compute#address",
      purpose: "VPC_PEERING",
      address: "10.8.32.0",
      prefixLength: 20,
      network: link,
    },
  ]
  const waiting = { status: "WAITING_FOR_USER" }

  test.each<[title: string, peer: Partial<GcpPeer>, changes: object, id: string, says: RegExp]>([
    ["egress denied", {}, { "firewall-rules": [rule({})] }, "firewall", /A rule of core denies 27015–27017/],
    [
      "a static route within",
      {},
      { routes: [...defaults, route("10.8.1.0/24", { nextHopIp: "10.15.0.9" })] },
      "route",
      /leads 10\.8\.1\.0\/24 to 10\.15\.0\.9/,
    ],
    ["the peering is gone", {}, { network: network() }, "peering", /no peering with p-xyz\/nt-abc any more/],
    [
      "inactive again",
      {},
      { network: network(peering("atlas", "INACTIVE")) },
      "peering",
      /atlas is INACTIVE/,
    ],
    ["failed", { status: "FAILED", errorMessage: "No." }, {}, "peering", /failed: No\.$/],
    [
      "an overlap with a service range",
      waiting,
      { network: network(), "service-ranges": service },
      "peering",
      /10\.8\.32\.0\/20 of Private Service Access overlaps/,
    ],
    [
      "an overlap with another peer",
      waiting,
      {
        network: network(peering("other", "ACTIVE", "q/global/networks/z")),
        routes: [...defaults, route("10.8.0.0/20", { nextHopPeering: "other" })],
      },
      "peering",
      /10\.8\.0\.0\/20 of the peering other overlaps/,
    ],
    [
      "an overlap with a pod range",
      waiting,
      {
        network: network(),
        subnets: [{ ...subnets[0], secondaryIpRanges: [{ ipCidrRange: "10.8.0.0/14" }] }],
      },
      "peering",
      /10\.8\.0\.0\/14 of core overlaps/,
    ],
  ])("One cause is named: %s", (_title, peer, changes, id, says) => {
    expect(findCause(list(peer, changes))).toMatchObject({
      id,
      state: "broken",
      says: expect.stringMatching(says),
    })
  })

  test.each<[title: string, changes: object, says: RegExp]>([
    ["no peering back", { network: network() }, /core has no peering with p-xyz\/nt-abc/],
    [
      "a peering back that doesn't match",
      { network: network(peering("atlas", "INACTIVE")) },
      /atlas is INACTIVE: the other half doesn't match/,
    ],
    ["a network that wasn't read", { network: null }, /has to peer back/],
  ])("The peering waits: %s", (_title, changes, says) => {
    const stops = list(waiting, changes)
    expect(findCause(stops)).toMatchObject({
      id: "peering",
      state: "waiting",
      says: expect.stringMatching(says),
    })
    expect(find(stops, "route")?.state).toBe("later")
  })

  test.each<[title: string, changes: object]>([
    ["a wider static route", { routes: [...defaults, route("10.0.0.0/8", { nextHopVpnTunnel: "x/y" })] }],
    [
      "an allowing rule before a denial",
      {
        "firewall-rules": [
          rule({}),
          rule({
            name: "allow",
            priority: 900,
            destinationRanges: ["10.8.0.0/18"],
            denied: undefined,
            allowed: [{ IPProtocol: "tcp", ports: ["27015-27017"] }],
          }),
        ],
      },
    ],
    ["a disabled denial", { "firewall-rules": [rule({ disabled: true })] }],
    [
      "a denial of another port",
      { "firewall-rules": [rule({ denied: [{ IPProtocol: "tcp", ports: ["22", "3389"] }] })] },
    ],
    [
      "a denial of ingress",
      { "firewall-rules": [rule({ direction: "INGRESS", destinationRanges: undefined })] },
    ],
  ])("A trap is healthy: %s", (_title, changes) => {
    expect(
      list({}, changes)
        .slice(0, 4)
        .map(({ state }) => state),
    ).toEqual(Array.from({ length: 4 }, () => "proven"))
  })

  test("Google Cloud refuses no overlap with a route that another peer only passes on", () => {
    const passedOn = route("10.8.0.0/16", { nextHopPeering: "other", routeType: "STATIC" })
    const stops = list(waiting, {
      network: network(peering("other", "ACTIVE", "q/global/networks/z")),
      routes: [...defaults, passedOn],
    })
    expect(find(stops, "peering")).toMatchObject({ state: "waiting" })
  })

  const tcp = (...ports: string[]) => [{ IPProtocol: "tcp", ports }]
  const allow = { name: "allow", priority: 900, denied: undefined, allowed: tcp("27015-27017") }
  test.each<[title: string, rules: object[], says: RegExp]>([
    ["denied with a tag", [rule({ targetTags: ["batch"] })], /^deny denies .* for batch\.$/],
    [
      "denied from an address",
      [rule({ sourceRanges: ["10.15.0.4/32"] })],
      /^deny denies .* for 10\.15\.0\.4\/32\.$/,
    ],
    [
      "allowed from an address",
      [rule({}), rule({ ...allow, sourceRanges: ["10.15.0.4/32"] })],
      /^allow allows .* for 10\.15\.0\.4\/32\.$/,
    ],
    [
      "27017 alone is allowed",
      [rule({}), rule({ ...allow, allowed: tcp("27017") })],
      /some .* but not 27017\.$/,
    ],
    [
      "a part of the CIDR is allowed",
      [rule({}), rule({ ...allow, destinationRanges: ["10.8.0.0/20"] })],
      /^A rule of core denies some of 27015–27017 out to 10\.8\.0\.0\/18\.$/,
    ],
    [
      "27017 alone is allowed, and denied with a tag",
      [
        rule({}),
        rule({ ...allow, allowed: tcp("27017") }),
        rule({ name: "deny-batch", priority: 800, targetTags: ["batch"] }),
      ],
      /^deny-batch denies .* for batch\.$/,
    ],
  ])("A rule that may not concern the application is no cause: %s", (_title, rules, says) => {
    const stops = list({}, { "firewall-rules": rules })
    expect(find(stops, "firewall")).toMatchObject({ state: "not-checked", says: expect.stringMatching(says) })
  })

  test("Single outputs give the same facts, also YAML of describe", () => {
    expect(readAll([network(peering("atlas", "ACTIVE"))]).peerings?.value[0]).toMatchObject({
      id: "atlas",
      state: "ACTIVE",
      account: "p-xyz",
    })
    expect(readAll(defaults).routeTables?.value[0]?.routes.map(({ target }) => target)).toEqual([
      "local",
      "default-internet-gateway",
    ])
    expect(readAll(subnets).addresses?.value).toEqual(["10.15.0.0/20", "10.64.0.0/14"])
    const yaml = `autoCreateSubnetworks: false\nkind: compute#network\nname: core\npeerings:\n- autoCreateRoutes: true\n  name: atlas\n  network: ${peering("", "").network}\n  state: ACTIVE\nselfLink: ${link}\n`
    expect(readLookUp(yaml, now)).toMatchObject({
      networks: [{ network: { value: "core" }, peerings: { value: [{ id: "atlas", state: "ACTIVE" }] } }],
    })
  })

  test("Each stop's step is a step of the runbook", () => {
    const ids = toRunbook(gcp, gcpContainer).map(({ id }) => id)
    const steps = listStops(gcp, gcpContainer, null, now).flatMap(({ stepId }) => stepId ?? [])
    expect(ids).toEqual(expect.arrayContaining(steps))
  })
})

test.each([gcp, azure])(
  "A status of $providerName that nobody knows is named, with nothing claimed of it",
  (peer) => {
    const says = (status: string | null) =>
      find(listStops({ ...peer, status }, null, null, now), "peering")?.says
    expect(says("PAUSED")).toBe("Atlas's status PAUSED.")
    expect(says(null)).toBe("Atlas's status is missing.")
  },
)
