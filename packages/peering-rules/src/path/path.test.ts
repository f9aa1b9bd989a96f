import type { AtlasPeer, Cluster, Container, NetworkFacts, Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { cidr, custom, group, main, own, pcx, right, rule, to } from "#test/aws-facts.ts"
import { createCluster } from "#test/clusters.ts"
import { aws, awsContainer, azure, azureContainer, gcp, gcpContainer } from "#test/connections.ts"
import type { FactValues } from "#facts/words.ts"
import type { PathKnowledge, PathStop } from "./path-stop.ts"
import { buildPath } from "./path.ts"

const now = Date.parse("2026-11-29T12:00:00Z")
const at = "2026-11-29T11:00:00.000Z"
const checkedAt = "2026-11-29T11:59:48.000Z"

interface Case {
  peer?: object
  /** Of the owner's network; null without facts. */
  values?: FactValues | null
  source?: "pasted" | "read" | "link"
  listed?: { cidrBlock?: string; deleteAfterDate?: string }[] | null
  clusters?: Cluster[] | null
  subject?: Partial<Pick<Peering, "steps" | "declined">>
  isGone?: boolean
}

const clouds: Record<
  AtlasPeer["providerName"],
  { peer: AtlasPeer; container: Container; values: FactValues }
> = {
  AWS: { peer: { ...aws, statusName: "AVAILABLE" }, container: awsContainer, values: right },
  GCP: {
    peer: { ...gcp, status: "AVAILABLE" },
    container: gcpContainer,
    values: {
      network: "core",
      subnets: [{ id: "apps", cidrs: ["10.15.0.0/20"] }],
      addresses: ["10.15.0.0/20"],
      routeTables: [],
      firewalls: [],
    },
  },
  AZURE: {
    peer: azure,
    container: azureContainer,
    values: {
      network: "hub",
      subnets: [{ id: "apps", cidrs: ["10.15.0.0/24"] }],
      routeTables: [],
      firewalls: [],
    },
  },
}

function build(cloud: AtlasPeer["providerName"], { values, peer, source = "pasted", ...more }: Case) {
  const base = clouds[cloud]
  const given = Object.entries({ ...base.values, ...values }).map(([name, value]) => [
    name,
    { value, source, at, by: "Nadia" },
  ])
  const facts =
    values === null ? null : ({ providerName: cloud, ...Object.fromEntries(given) } as NetworkFacts)
  const region = { AWS: "US_WEST_1", GCP: "WESTERN_EUROPE", AZURE: "EUROPE_WEST" }[cloud]
  const { listed = [{ cidrBlock: "10.15.0.0/16" }], clusters = [createCluster(cloud, region)] } = more
  const known: PathKnowledge = {
    container: base.container,
    facts,
    entries: listed === null ? undefined : { value: listed, at: checkedAt },
    clusters: clusters === null ? undefined : { value: clusters, at: checkedAt },
    checkedAt,
    now,
    ...(more.isGone && { isGone: true }),
  }
  return buildPath({ peer: { ...base.peer, ...peer } as AtlasPeer, history: [], ...more.subject }, known)
}

const find = (cloud: AtlasPeer["providerName"], given: Case, id: PathStop["id"]) =>
  build(cloud, given).stops.find((stop) => stop.id === id)

type Row = [id: PathStop["id"], state: PathStop["state"], when: string, given: Case, fact: string]

const waiting = { statusName: "PENDING_ACCEPTANCE" }
const pending = [pcx(own, "pending-acceptance")]
const declined = { at, reason: "Use the shared VPC", for: "net-team" }
const step = { by: "Nadia", at }

describe("AWS: every state of every stop", () => {
  test.each<Row>([
    ["application", "proven", "every subnet is in the given CIDR", {}, "2 subnets"],
    [
      "application",
      "broken",
      "no subnet is in the given CIDR",
      { values: { subnets: [{ id: "s", cidrs: ["10.99.0.0/24"] }] } },
      "Outside the given CIDR",
    ],
    ["application", "not-checked", "nothing is known of the network", { values: null }, "10.15.0.0/16"],
    ["route", "proven", "every used table leads to the peering", {}, "1 of 1 table"],
    [
      "route",
      "broken",
      "no used table leads to the peering",
      { values: { routeTables: [main()] } },
      "Missing in rtb-main",
    ],
    [
      "route",
      "not-checked",
      "some tables lead to the peering",
      { values: { routeTables: [main(to(cidr, own)), custom(["subnet-b"])] } },
      "In 1 of 2 tables",
    ],
    [
      "route",
      "later",
      "the owner hasn't accepted",
      { peer: waiting, values: { peerings: pending } },
      "After acceptance",
    ],
    ["route", "later", "the request failed", { peer: { statusName: "FAILED" }, values: null }, ""],
    [
      "route",
      "marked",
      "a person marked its step",
      { values: null, subject: { steps: { [`aws-routes-${own}`]: step } } },
      "Marked by Nadia",
    ],
    ["firewall", "proven", "every group lets the ports out", {}, "27015–27017 out"],
    [
      "firewall",
      "broken",
      "no group lets the ports out",
      { values: { firewalls: [group("sg-1", rule({ cidrs: ["10.0.0.0/8"], direction: "in" }))] } },
      "27015–27017 blocked",
    ],
    [
      "firewall",
      "not-checked",
      "some groups let the ports out",
      { values: { firewalls: [group("sg-1", rule()), group("sg-2")] } },
      "Not checked",
    ],
    ["dns", "proven", "both attributes are on", {}, "Private names on"],
    [
      "dns",
      "broken",
      "an attribute is off",
      { values: { dns: { support: true, hostnames: false } } },
      "Private names off",
    ],
    ["dns", "not-checked", "the attributes aren't known", { values: null }, "Not checked"],
    ["dns", "marked", "the holder of a link pasted that they are on", { source: "link" }, "Private names on"],
    ["peering", "proven", "Atlas says AVAILABLE", { values: null }, "Available"],
    ["peering", "waiting", "the owner has to accept", { peer: waiting, values: null }, "Owner must accept"],
    [
      "peering",
      "in-progress",
      "Atlas makes the request",
      { peer: { statusName: "INITIATING" }, values: null },
      "Atlas creates it",
    ],
    [
      "peering",
      "in-progress",
      "Atlas finishes it",
      { peer: { statusName: "FINALIZING" }, values: null },
      "Finalizing",
    ],
    [
      "peering",
      "broken",
      "it failed",
      { peer: { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" }, values: null },
      "Refused by AWS",
    ],
    [
      "peering",
      "broken",
      "the owner declined",
      { peer: waiting, values: null, subject: { declined } },
      "Declined by owner",
    ],
    [
      "peering",
      "not-checked",
      "Atlas gives an unknown status",
      { peer: { statusName: "PAUSED" } },
      "Unknown status",
    ],
    ["peering", "later", "Atlas deletes it", { peer: { statusName: "TERMINATING" } }, ""],
    ["access-list", "proven", "an entry has the CIDR", {}, "10.15.0.0/16 listed"],
    [
      "access-list",
      "waiting",
      "no entry has the CIDR",
      { listed: [{ cidrBlock: "10.99.0.0/16" }] },
      "10.15.0.0/16 not listed",
    ],
    [
      "access-list",
      "waiting",
      "the entry ends",
      { listed: [{ cidrBlock: "10.15.0.0/16", deleteAfterDate: "2026-12-03T12:00:00Z" }] },
      "Listed for a time only",
    ],
    ["access-list", "not-checked", "the list wasn't read", { listed: null }, "Not checked"],
    ["access-list", "later", "the connection is gone", { isGone: true }, ""],
    ["cluster", "proven", "a cluster runs in the container", {}, "ledger runs"],
    [
      "cluster",
      "waiting",
      "the cluster is paused",
      { clusters: [createCluster("AWS", "US_WEST_1", { paused: true })] },
      "ledger is paused",
    ],
    [
      "cluster",
      "in-progress",
      "Atlas creates the cluster",
      { clusters: [createCluster("AWS", "US_WEST_1", { stateName: "CREATING" })] },
      "ledger is coming",
    ],
    [
      "cluster",
      "later",
      "no cluster runs there",
      { clusters: [createCluster("AWS", "EU_WEST_1")] },
      "No cluster here yet",
    ],
    ["cluster", "not-checked", "the clusters weren't read", { clusters: null }, "Not checked"],
  ])("%s is %s when %s", (id, state, _when, given, fact) => {
    expect(find("AWS", given, id)).toMatchObject({ state, fact })
  })
})

describe("Google Cloud: every state of every stop that differs", () => {
  const taken = { id: "core", isMain: true, subnets: [], routes: [to("10.8.0.0/24", "vpn")] }
  const deny = (name: string | null) => ({
    id: "deny",
    name,
    subnets: [],
    rules: [rule({ number: 1, allows: false })],
  })
  test.each<Row>([
    ["application", "proven", "the network's subnets are known", {}, "1 subnet"],
    ["application", "not-checked", "nothing is known of the network", { values: null }, "Not checked"],
    ["route", "proven", "no static route is narrower", {}, "Comes with the peering"],
    [
      "route",
      "broken",
      "a static route is narrower",
      { values: { routeTables: [taken] } },
      "Another route wins",
    ],
    [
      "route",
      "later",
      "the owner hasn't peered back",
      { peer: { status: "WAITING_FOR_USER" }, values: null },
      "Comes with the peering",
    ],
    ["route", "not-checked", "the routes aren't known", { values: null }, "Not checked"],
    ["firewall", "proven", "egress is open", {}, "27015–27017 out"],
    [
      "firewall",
      "broken",
      "a rule for all denies egress",
      { values: { firewalls: [deny(null)] } },
      "27015–27017 blocked",
    ],
    [
      "firewall",
      "not-checked",
      "a rule for some machines differs",
      { values: { firewalls: [deny("tag db")] } },
      "Not checked",
    ],
    [
      "peering",
      "waiting",
      "the owner has to peer back",
      { peer: { status: "WAITING_FOR_USER" }, values: null },
      "Owner must peer back",
    ],
    [
      "peering",
      "in-progress",
      "Atlas makes its half",
      { peer: { status: "ADDING_PEER" }, values: null },
      "Atlas creates it",
    ],
    ["peering", "proven", "Atlas says AVAILABLE", { values: null }, "Available"],
    ["peering", "broken", "it failed", { peer: { status: "FAILED" }, values: null }, "Failed"],
    ["access-list", "not-checked", "the network's CIDRs aren't known", { values: null }, "Not checked"],
    [
      "access-list",
      "marked",
      "a person marked its step",
      { values: null, subject: { steps: { "access-list": step } } },
      "Marked by Nadia",
    ],
    ["access-list", "proven", "the entries have every subnet", {}, "10.15.0.0/20 listed"],
    [
      "access-list",
      "marked",
      "the holder of a link pasted the subnets",
      { source: "link" },
      "10.15.0.0/20 listed",
    ],
    ["access-list", "not-checked", "the subnets were read too long ago", { source: "read" }, "Not checked"],
    ["access-list", "waiting", "a subnet isn't listed", { listed: [] }, "10.15.0.0/20 not listed"],
  ])("%s is %s when %s", (id, state, _when, given, fact) => {
    expect(find("GCP", given, id)).toMatchObject({ state, fact })
  })
})

describe("Azure: every state of every stop that differs", () => {
  const taken = {
    id: "udr",
    isMain: false,
    subnets: ["apps"],
    routes: [to("10.8.0.0/24", "VirtualAppliance")],
  }
  const closed = { id: "nsg", name: null, subnets: ["apps"], rules: [rule({ number: 100, allows: false })] }
  const adding = { status: "ADDING_PEER" }
  const role = { role: "Network Contributor", scope: "/subscriptions/66666666-7777-8888-9999-000000000000" }
  test.each<Row>([
    ["application", "proven", "the VNet's subnets are known", {}, "1 subnet"],
    ["route", "proven", "no user-defined route is narrower", {}, "No other route wins"],
    [
      "route",
      "broken",
      "a user-defined route is narrower for every subnet",
      { values: { routeTables: [taken] } },
      "Another route wins",
    ],
    ["route", "not-checked", "the tables aren't known", { values: null }, "Not checked"],
    ["firewall", "proven", "no NSG denies the ports", {}, "27015–27017 out"],
    [
      "firewall",
      "broken",
      "the NSGs of every subnet deny the ports",
      { values: { firewalls: [closed] } },
      "27015–27017 blocked",
    ],
    ["role", "proven", "Atlas made the peering", { values: null }, "Assigned"],
    [
      "role",
      "proven",
      "Atlas has a role that may peer",
      { peer: adding, values: { roles: [role] } },
      "Assigned",
    ],
    ["role", "broken", "Atlas has no role", { peer: adding, values: { roles: [] } }, "Missing"],
    ["role", "not-checked", "the roles aren't known", { peer: adding, values: null }, "Not checked"],
    ["peering", "in-progress", "Atlas makes both sides", { peer: adding, values: null }, "Atlas creates it"],
    ["peering", "broken", "it failed", { peer: { status: "FAILED" }, values: null }, "Failed"],
  ])("%s is %s when %s", (id, state, _when, given, fact) => {
    expect(find("AZURE", given, id)).toMatchObject({ state, fact })
  })
})

test("stops stand in the order of the path, each in its box", () => {
  const list = (cloud: AtlasPeer["providerName"]) =>
    build(cloud, {}).stops.map(({ id, side }) => `${id} ${side}`)
  const own = ["application own", "route own", "firewall own"]
  const others = ["peering gap", "access-list atlas", "cluster atlas"]
  expect(list("AWS")).toEqual([...own, "dns own", ...others])
  expect(list("GCP")).toEqual([...own, ...others])
  expect(list("AZURE")).toEqual([...own, "role own", ...others])
})

test("a stop has the name of who read or pasted it, and Atlas's the time of its answer", () => {
  expect(find("AWS", {}, "dns")).toMatchObject({ source: "pasted", by: "Nadia", at })
  expect(find("AWS", { values: null }, "peering")).toMatchObject({ source: "atlas", by: null, at: checkedAt })
  expect(find("AWS", {}, "cluster")).toMatchObject({ source: "atlas", at: checkedAt })
})

test("the broken stop is open before the one that waits, and that before one not checked", () => {
  const broken = { dns: { support: true, hostnames: false } }
  expect(build("AWS", { peer: waiting, values: { ...broken, peerings: pending } }).open).toBe("dns")
  expect(build("AWS", { peer: waiting, values: null }).open).toBe("peering")
  expect(build("AWS", { peer: { statusName: "INITIATING" }, values: null, listed: [] }).open).toBe("peering")
  expect(build("AWS", { values: null })).toMatchObject({ open: "application", isOwnSideUnknown: true })
  expect(build("AWS", {})).toMatchObject({ open: null, isOwnSideUnknown: false })
  expect(build("AWS", { isGone: true, values: null }).open).toBeNull()
})

test("a peering that failed, or whose status is unknown, is open before every other stop", () => {
  const values = { dns: { support: true, hostnames: false } }
  const openOf = (statusName: string) => build("AWS", { peer: { statusName }, values }).open
  expect(["FAILED", "SUSPENDED"].map(openOf)).toEqual(["peering", "peering"])
})

test("facts of another network, and a reading that ran out, prove nothing", () => {
  const states = [{ values: { network: "vpc-0other" } }, { source: "read" } as const]
  expect(states.map((given) => find("AWS", given, "dns")?.state)).toEqual(["not-checked", "not-checked"])
})

test("an acceptance ends the owner's decline", () => {
  expect(find("AWS", { values: null, subject: { declined } }, "peering")?.state).toBe("proven")
})
