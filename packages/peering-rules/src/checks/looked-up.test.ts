import type { NetworkFacts, PeeringDraft, ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { toVerdict } from "#verdict/verdict.ts"
import { draftForNew, drafts, ids, listedPeer, lookedUp, payments, snapshot, told } from "#test/drafts.ts"
import { looked, lookedAt, toLookUp } from "#test/look-ups.ts"

const vpc = "vpc-0a1b2c3d4e5f60718"
const hour = 3_600_000

/** Returns a draft whose network was looked up, with some of what was found. */
function draftWithFacts(cloud: ProviderName, facts: Partial<NetworkFacts>): PeeringDraft {
  const draft = drafts[cloud]
  return { ...draft, facts: { ...toLookUp(draft), ...facts } }
}

function peered(network: string, ranges: string[] | null, state = "Connected") {
  return { id: `to-${network}`, state, message: null, network, account: null, ranges }
}

describe("A look-up that contradicts the draft", () => {
  test.each([
    ["AWS", { account: looked("719304826155") }, "awsAccountId", "belongs to account 719304826155"],
    ["AWS", { region: looked("eu-west-1") }, "accepterRegionName", "is in eu-west-1"],
    ["AZURE", { directory: looked("0000") }, "azureDirectoryId", "belongs to directory 0000"],
  ] as const)(
    "A value on %s that differs from the look-up is red with both values: %j",
    (cloud, facts, field, words) => {
      const draft = draftWithFacts(cloud, facts)
      const typed: Readonly<Record<string, string>> = draft.request
      const { status, checks } = toVerdict(draft, snapshot)
      const [check] = checks.filter(({ id }) => id === "known-network")
      expect(status).toBe("red")
      expect(check).toMatchObject({ status: "red", field, basedOn: "look-up of 2026-11-24 12:00 UTC" })
      expect(check?.says).toContain(words)
      expect(check?.says).toContain(`not ${typed[field]}`)
    },
  )

  test("A value that a role read differently names the role and the time", () => {
    const account = { ...looked("719304826155"), source: "read" as const, by: "desk-reader" }
    const { checks } = toVerdict(draftWithFacts("AWS", { account }), snapshot)
    const [check] = checks.filter(({ id }) => id === "known-network")
    expect(check?.basedOn).toBe("read by role desk-reader, 2026-11-24 12:00 UTC")
  })

  test("The account that a look-up found is offered as a fix", () => {
    const draft = draftWithFacts("AWS", { account: looked("719304826155") })
    const [fix] = toVerdict(draft, snapshot).suggestedFixes
    expect(fix?.title).toBe("Use 719304826155 as the AWS account ID")
    expect(fix?.change).toMatchObject({ kind: "fill", draft: { request: { awsAccountId: "719304826155" } } })
  })
})

test("A look-up of another network leaves the draft not checked", () => {
  const facts = { ...toLookUp(drafts.AWS), network: looked("vpc-0f1e2d3c") }
  expect(toVerdict({ ...drafts.AWS, facts }, snapshot)).toEqual(toVerdict(drafts.AWS, snapshot))
  const inAnotherGroup = { ...toLookUp(drafts.AZURE), resourceGroup: looked("rg-old") }
  expect(toVerdict({ ...drafts.AZURE, facts: inAnotherGroup }, snapshot).status).toBe("unchecked")
})

test("A look-up proves for 24 hours, and then says when it was printed", () => {
  const draft = lookedUp(drafts.AWS)
  const after = (hours: number) => ({ ...snapshot, now: lookedAt + hours * hour })
  expect(toVerdict(draft, after(23)).status).toBe("green")
  expect(told("known-network", draft, after(24))).toEqual([
    `unchecked -: Account and region of ${vpc} not checked: the look-up of 2026-11-24 is too old`,
  ])
})

test("A look-up that the server keeps of a network counts for every draft of it", () => {
  const networkFacts = [toLookUp(drafts.AWS)]
  expect(toVerdict(drafts.AWS, { ...snapshot, networkFacts }).status).toBe("green")
})

describe("Another peering of the network, found by a look-up", () => {
  test("A hub on Azure whose CIDRs contain the container's is red", () => {
    const draft = draftWithFacts("AZURE", { peerings: looked([peered("vnet-hub-eu", ["10.24.0.0/16"])]) })
    expect(told("overlap-with-other-network", draft)).toEqual([
      "red -: vnet-payments is peered with 10.24.0.0/16, which overlaps the container's 10.24.0.0/21. Azure refuses a second network with these addresses",
    ])
  })

  test("A range of Private Service Access that overlaps the container is red", () => {
    const draft = draftWithFacts("GCP", { serviceRanges: looked(["10.64.4.0/24"]) })
    expect(told("overlap-with-other-network", draft)).toEqual([
      expect.stringMatching(/^red .*10\.64\.4\.0\/24/),
    ])
  })

  test("A peered network of unknown CIDRs is named as not checked", () => {
    const link = "https://www.googleapis.com/compute/v1/projects/hub/global/networks/hub-vpc"
    const draft = draftWithFacts("GCP", { peerings: looked([peered(link, null, "ACTIVE")]) })
    expect(told("overlap-with-other-network", draft)).toEqual([
      "unchecked -: The CIDRs of hub-vpc, peered with payments-vpc, aren't known. Not checked",
    ])
  })

  test("The owner's half of the same peering is no obstacle on Google Cloud", () => {
    const containers = payments.containers.map((one) =>
      one.id === ids.gcp ? { ...one, networkName: "nt-atlas" } : one,
    )
    const half = peered("https://www.googleapis.com/compute/v1/projects/p-1/global/networks/nt-atlas", null)
    const draft = draftWithFacts("GCP", { peerings: looked([half]) })
    expect(toVerdict(draft, { ...snapshot, here: { ...payments, containers } }).status).toBe("green")
  })

  test("A peered VPC that overlaps the container is a warning on AWS, where the route table chooses", () => {
    const hub = { ...peered("vpc-0f1e2d3c", ["10.8.0.0/16"], "active"), id: "pcx-0hub" }
    expect(told("overlap-with-other-network", draftWithFacts("AWS", { peerings: looked([hub]) }))).toEqual([
      `amber -: ${vpc} is also peered with vpc-0f1e2d3c (pcx-0hub), which overlaps 10.8.0.0/21. A route table sends the shared addresses to one of the two only`,
    ])
    const gone = { ...hub, state: "deleted" }
    expect(told("overlap-with-other-network", draftWithFacts("AWS", { peerings: looked([gone]) }))).toEqual([
      `green -: No other peering of ${vpc} overlaps 10.8.0.0/21`,
    ])
  })

  test("A new container that overlaps a peered VPC on AWS gets a free CIDR as the fix", () => {
    const hub = { ...peered("vpc-0f1e2d3c", ["10.96.0.0/16"], "active"), id: "pcx-0hub" }
    const facts = { ...toLookUp(drafts.AWS), peerings: looked([hub]) }
    const draft = { ...draftForNew("AWS", { region: "US_WEST_1", atlasCidrBlock: "10.96.0.0/21" }), facts }
    const [fix, ...others] = toVerdict(draft, snapshot).suggestedFixes
    expect(others).toEqual([])
    expect(fix?.title).toMatch(/^Use \S+\/21 for Atlas$/)
    const fixed = fix?.change.kind === "fill" ? { ...fix.change.draft, facts } : draft
    expect(told("overlap-with-other-network", fixed)).toEqual([expect.stringContaining("green")])
  })
})

describe("A route that the network has already", () => {
  const withRoute = (to: string, target = "tgw-1", state: "active" | "blackhole" = "active") =>
    draftWithFacts("AWS", {
      routeTables: looked([{ id: "rtb-1", isMain: true, subnets: [], routes: [{ to, target, state }] }]),
    })

  test.each([
    ["equal", "10.8.0.0/21"],
    ["narrower", "10.8.1.0/24"],
  ])("A route that is %s to the container's CIDR keeps its traffic, so it is a warning", (_how, to) => {
    expect(told("existing-routes", withRoute(to))).toEqual([
      `amber -: rtb-1 sends ${to} to tgw-1. Traffic to these addresses doesn't reach Atlas while it exists`,
    ])
  })

  test("A narrower route without a target drops its traffic, so it is a warning", () => {
    expect(told("existing-routes", withRoute("10.8.1.0/24", "pcx-1", "blackhole"))).toEqual([
      "amber -: rtb-1 sends 10.8.1.0/24 to pcx-1. Traffic to these addresses doesn't reach Atlas while it exists",
    ])
    expect(told("existing-routes", withRoute("10.0.0.0/8", "pcx-1", "blackhole"))).toEqual([
      expect.stringMatching(/^green/),
    ])
  })

  test("A broader route loses a part of its traffic, so a note names it", () => {
    expect(told("existing-routes", withRoute("10.0.0.0/8"))).toEqual([
      "note -: rtb-1 sends 10.0.0.0/8 to tgw-1. A route for 10.8.0.0/21 takes its part of that traffic",
    ])
  })

  test("A route for a prefix list that wasn't read leaves the routes not checked", () => {
    expect(told("existing-routes", withRoute("pl-1", "tgw-1"))).toEqual([
      "unchecked -: The prefix list pl-1 of rtb-1 wasn't read. Its routes not checked",
    ])
  })

  test.each([
    ["the default route", "0.0.0.0/0", "nat-1", "active"],
    ["one to a gateway endpoint", "pl-1", "vpce-1", "active"],
    ["a route without a target", "10.8.0.0/21", "pcx-1", "blackhole"],
    ["the VPC's local route", "10.48.0.0/16", "local", "active"],
  ] as const)("A route that is %s is no obstacle", (_what, to, target, state) => {
    expect(told("existing-routes", withRoute(to, target, state))).toEqual([
      `green -: No route of ${vpc} takes traffic for 10.8.0.0/21`,
    ])
  })
})

test("A peering role of another VNet is no proof of Atlas's role", () => {
  const role = "AtlasPeering/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/rg-old/vnet-old"
  const draft = draftWithFacts("AZURE", { roles: looked([{ role, scope: "/" }]) })
  const none = draftWithFacts("AZURE", { roles: looked([]) })
  expect(told("cloud-permission", draft)).toEqual([
    `amber AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED: Atlas has no role on vnet-payments that is known to allow peering, only ${role}. Assign it first, or Azure will reject the request`,
  ])
  expect(told("cloud-permission", none)).toEqual([
    expect.stringMatching(/^amber .*has no role on vnet-payments\./),
  ])
})

test("A VNet that overlaps another one of the container is red once both were looked up", () => {
  const hub = listedPeer("AZURE", {
    ...drafts.AZURE.request,
    vnetName: "vnet-hub",
    status: "AVAILABLE",
  })
  const here = { ...payments, peers: [hub] }
  const ofHub = (addresses: string[]): NetworkFacts => ({
    ...toLookUp({ ...drafts.AZURE, request: { ...drafts.AZURE.request, vnetName: "vnet-hub" } }),
    addresses: looked(addresses),
  })
  const draft = lookedUp(drafts.AZURE)
  const judge = (addresses: string[]) => {
    const of = { ...snapshot, here, networkFacts: [ofHub(addresses)] }
    return [...told("overlap-with-peer", draft, of), ...told("overlap-with-other-network", draft, of)]
  }
  expect(judge(["10.41.4.0/24"])).toContain(
    "red -: vnet-payments overlaps vnet-hub, already peered with this container. Azure can't peer both",
  )
  expect(judge(["10.90.0.0/16"])).toContain(
    "green -: vnet-hub, peered with this container, has other addresses",
  )
})
