import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { toVerdict } from "./verdict.ts"
import {
  draftForNew,
  drafts,
  draftWith,
  ids,
  listedContainer,
  listedPeer,
  manyPeers,
  payments,
  snapshot,
  snapshotWith,
} from "#test/drafts.ts"

const withoutGcp = snapshotWith({
  containers: payments.containers.filter((one) => one.providerName !== "GCP"),
})
const failed = listedPeer("AWS", { ...drafts.AWS.request, id: ids.nobody, statusName: "FAILED" })

test.each<[string, PeeringDraft, ProjectSnapshot, string]>([
  [
    "an ARN in the place of the VPC ID",
    draftWith("AWS", { vpcId: "arn:aws:ec2:us-east-1:482913570264:vpc/vpc-0a1b2c3f" }),
    snapshot,
    "Use vpc-0a1b2c3f as the VPC ID",
  ],
  [
    "Terraform's id of a container",
    draftWith("AWS", {
      containerId: Buffer.from(`container_id:${ids.aws}`).toString("base64"),
    }),
    snapshot,
    `Use ${ids.aws} as the container`,
  ],
  [
    "spaces and capitals at once",
    draftWith("AWS", { vpcId: " VPC-0A1B2C3F " }),
    snapshot,
    "Use vpc-0a1b2c3f as the VPC ID",
  ],
  [
    "two fields in other words",
    draftWith("AWS", { vpcId: "VPC-0A1B2C3F", accepterRegionName: "US_EAST_1" }),
    snapshot,
    "Use us-east-1 as the VPC region, vpc-0a1b2c3f as the VPC ID",
  ],
  [
    "a block with host bits",
    draftWith("AWS", { routeTableCidrBlock: "10.48.3.0/16" }),
    snapshot,
    "Use 10.48.0.0/16 as the VPC CIDR",
  ],
  [
    "a region in Google's words",
    draftForNew("GCP", { atlasCidrBlock: "10.192.0.0/24", regions: ["us-central1"] }),
    withoutGcp,
    "Use CENTRAL_US as an Atlas region",
  ],
  [
    "a resource group's whole id",
    draftWith("AZURE", { resourceGroupName: "/subscriptions/x/resourceGroups/rg-net" }),
    snapshot,
    "Use rg-net as the resource group name",
  ],
  [
    "a container that exists",
    draftForNew("AWS", { region: "US_WEST_2" }),
    snapshot,
    "Use container 10.8.8.0/21 in US_WEST_2",
  ],
  ["a second container on Google Cloud", draftForNew("GCP"), snapshot, "Use container 10.64.0.0/18"],
  [
    "a container of another cloud",
    draftWith("AWS", { containerId: ids.gcp }),
    snapshot,
    "Use container 10.8.0.0/21 in US_EAST_1",
  ],
  [
    "no container at all",
    draftWith("AWS", {}),
    snapshotWith({ containers: [] }),
    "Create container 10.0.0.0/21 in US_EAST_1",
  ],
  [
    "a closed region",
    draftForNew("AWS", { region: "CN_NORTH_1" }, { accepterRegionName: "eu-west-3" }),
    snapshot,
    "Create the container in EU_WEST_3",
  ],
  [
    "a container too large",
    draftForNew("AWS", { atlasCidrBlock: "10.96.0.0/20" }),
    snapshot,
    "Use 10.96.0.0/21 for Atlas",
  ],
  [
    "a container too small",
    draftForNew("AZURE", { atlasCidrBlock: "10.96.0.0/25" }),
    snapshot,
    "Use 10.96.0.0/24 for Atlas",
  ],
  [
    "a small container for too many regions",
    draftForNew("GCP", { atlasCidrBlock: "10.96.1.0/24", regions: ["CENTRAL_US", "US_EAST_4"] }),
    withoutGcp,
    "Use 10.96.0.0/23 for Atlas",
  ],
  [
    "more regions than any small container has",
    draftForNew("GCP", {
      atlasCidrBlock: "10.96.0.0/21",
      regions: [
        "CENTRAL_US",
        "US_EAST_4",
        "US_EAST_5",
        "US_WEST_2",
        "US_WEST_3",
        "US_WEST_4",
        "US_SOUTH_1",
        "EASTERN_US",
        "WESTERN_US",
      ],
    }),
    withoutGcp,
    "Use all regions with 10.0.0.0/18",
  ],
  [
    "a container's block that is taken",
    draftForNew("AWS", { atlasCidrBlock: "10.8.4.0/22" }),
    snapshot,
    "Use 10.0.0.0/22 for Atlas",
  ],
  [
    "a public block for Atlas",
    draftForNew("AWS", { atlasCidrBlock: "11.0.0.0/21" }),
    snapshot,
    "Use 10.0.0.0/21 for Atlas",
  ],
  [
    "the same connection, failed",
    drafts.AWS,
    snapshotWith({ peers: [failed] }),
    `Delete the failed connection ${ids.nobody}`,
  ],
  [
    "a full project with a failed connection",
    drafts.GCP,
    snapshotWith({ peers: [...manyPeers(49, "AVAILABLE"), failed] }),
    `Delete the failed connection ${ids.nobody}`,
  ],
  [
    "a new container over an auto mode network",
    { ...draftForNew("GCP", { atlasCidrBlock: "10.128.0.0/17" }), networkBlocks: ["10.128.0.0/9"] },
    withoutGcp,
    "Use 10.0.0.0/17 for Atlas",
  ],
  [
    "two things at once",
    draftForNew("AWS", { region: "US_EAST_1" }, { vpcId: "VPC-0A1B2C3F" }),
    snapshot,
    "Use vpc-0a1b2c3f as the VPC ID, then use container 10.8.0.0/21 in US_EAST_1",
  ],
])("%s gets the cheapest fix first", (_what, draft, of, title) => {
  const { status, suggestedFixes } = toVerdict(draft, of)
  expect(status).toBe("red")
  expect(suggestedFixes[0]?.title).toBe(title)
})

test.each<[string, PeeringDraft, ProjectSnapshot, string | undefined]>([
  [
    "a VPC that overlaps another",
    draftWith("AWS", { routeTableCidrBlock: "10.32.4.0/24" }),
    snapshot,
    "Add 10.0.0.0/24 to the VPC and peer that",
  ],
  [
    "a second Azure container in peering-only mode",
    draftWith("AZURE", { containerId: ids.azureEurope }),
    snapshotWith({ privateIpMode: true }),
    "Turn off peering-only mode",
  ],
  [
    "a VPC in the region of another container",
    draftWith("AWS", { accepterRegionName: "us-west-2", routeTableCidrBlock: "10.8.4.0/22" }),
    snapshot,
    "Use container 10.8.8.0/21 in US_WEST_2",
  ],
  [
    "a VPC that overlaps the only container of its region",
    draftWith("AWS", { routeTableCidrBlock: "10.8.4.0/22" }),
    snapshot,
    undefined,
  ],
  [
    "a VNet that overlaps both containers",
    { ...drafts.AZURE, networkBlocks: ["10.0.0.0/16", "10.24.0.0/16"] },
    snapshot,
    undefined,
  ],
])("%s is never suggested another region first", (_what, draft, of, title) => {
  const { status, suggestedFixes } = toVerdict(draft, of)
  expect(status).toBe("red")
  expect(suggestedFixes[0]?.title).toBe(title)
})

test("a container with connections is suggested before four that only other clouds' connections name", () => {
  const regions = ["AP_EAST_1", "CA_CENTRAL_1", "EU_NORTH_1", "SA_EAST_1", "US_WEST_2"]
  const containers = regions.map((regionName, at) =>
    listedContainer({
      id: `507f1f77bcf86cd79943902${at}`,
      providerName: "AWS",
      regionName,
      atlasCidrBlock: `10.9.${at}.0/24`,
    }),
  )
  const peers = containers.map(({ id }, at) => listedPeer(at < 4 ? "AZURE" : "AWS", { containerId: id }))
  const draft = draftWith("AWS", { containerId: ids.nobody, accepterRegionName: "eu-west-3" })
  const titles = toVerdict(draft, snapshotWith({ containers, peers })).suggestedFixes.map(
    ({ title }) => title,
  )
  expect(titles).toContain("Use container 10.9.4.0/24 in US_WEST_2")
})

/** Lists the further blocks suggested for a VPC that overlaps another one of its container. */
function furtherBlocks(block: string, networkBlocks: readonly string[] = []): string[] {
  const taken = [
    listedPeer("AWS", { containerId: ids.aws, vpcId: "vpc-0f1e2d3c", routeTableCidrBlock: block }),
  ]
  const draft = { ...draftWith("AWS", { routeTableCidrBlock: block }), networkBlocks: [...networkBlocks] }
  return toVerdict(draft, snapshotWith({ peers: taken })).suggestedFixes.flatMap(
    ({ title }) => /^Add (\S+) to the VPC/.exec(title)?.[1] ?? [],
  )
}

test.each([
  ["of its own private range", "172.20.0.0/24", [], ["172.16.0.0/24"]],
  ["of its own private range", "192.168.64.0/20", [], ["192.168.0.0/20"]],
  ["not of 10.0.0.0/16 beside one of 10.0.0.0/15", "10.1.4.0/24", [], ["10.2.0.0/24"]],
  ["not of 10.0.0.0/16 beside one of 10.0.0.0/15", "10.32.4.0/24", ["10.1.0.0/16"], ["10.2.0.0/24"]],
  ["that is none of those it has", "10.32.4.0/24", ["10.0.0.0/13", "100.64.0.0/28"], []],
  ["that is none of those it has", "10.32.4.0/24", ["10.0.0.0/13"], ["10.8.16.0/24"]],
  ["outside the /16 in which the rest of its own may lie", "10.0.4.0/24", [], ["10.1.0.0/24"]],
  ["for no VPC that AWS could have", "10.32.0.0/12", [], []],
])("a further block is %s", (_what, block, networkBlocks, proposed) => {
  expect(furtherBlocks(block, networkBlocks)).toEqual(proposed)
})

test("no further block is suggested for a VPC that overlaps Atlas's side or has public addresses", () => {
  for (const block of ["10.8.0.0/16", "8.8.0.0/16", "100.64.0.0/16"]) {
    const { suggestedFixes } = toVerdict(draftWith("AWS", { routeTableCidrBlock: block }), snapshot)
    expect(suggestedFixes.map(({ title }) => title).filter((title) => title.includes("to the VPC"))).toEqual(
      [],
    )
  }
  const [first] = toVerdict(
    draftWith("AWS", { routeTableCidrBlock: "10.32.4.0/24" }),
    snapshot,
  ).suggestedFixes.filter(({ title }) => title.includes("to the VPC"))
  expect(first?.change).toMatchObject({ draft: { networkBlocks: ["10.32.4.0/24"] } })
})

test("no fix deletes a working connection, or needs a right that the key lacks", () => {
  const working = listedPeer("AWS", { ...drafts.AWS.request, id: ids.nobody, statusName: "AVAILABLE" })
  const { suggestedFixes } = toVerdict(drafts.AWS, snapshotWith({ peers: [working] }))
  expect(suggestedFixes.map(({ change }) => change.kind)).toEqual(["open-peering"])
  const readOnly = snapshotWith({ project: { ...payments.project, keyMayCreate: "no" } })
  expect(toVerdict(draftWith("AWS", { vpcId: "VPC-0A1B2C3F" }), readOnly).suggestedFixes).toEqual([])
})

test("switching peering-only mode off is suggested only when nothing else is wrong with a second Azure container", () => {
  const draft = draftWith("AZURE", { containerId: ids.azureEurope })
  const switching = (of: ProjectSnapshot, wanted: PeeringDraft = draft) =>
    toVerdict(wanted, of).suggestedFixes.filter(({ change }) => change.kind === "switch-mode-off")
  expect(switching(snapshotWith({ privateIpMode: true }))).toEqual([
    expect.objectContaining({ title: "Turn off peering-only mode", change: { kind: "switch-mode-off" } }),
  ])
  expect(switching(snapshotWith({ privateIpMode: false }))).toEqual([])
  const wrong = draftWith("AZURE", { containerId: ids.azureEurope, vnetName: "vnet payments" })
  expect(switching(snapshotWith({ privateIpMode: true }), wrong)).toEqual([])
})

test("an example in a rule's sentence is never suggested as a value", () => {
  for (const text of ["10.0.0.0", "nonsense", "10.0.0.0/8, 172.16.0.0/12"])
    expect(toVerdict(draftWith("AWS", { routeTableCidrBlock: text }), snapshot).suggestedFixes).toEqual([])
  expect(toVerdict(draftWith("AWS", { accepterRegionName: "?" }), snapshot).suggestedFixes).toEqual([])
})

test("a suggested fix fills in all its values and leaves the rest of the draft", () => {
  const draft = draftForNew("AWS", { region: "US_WEST_2" })
  const [first] = toVerdict(draft, snapshot).suggestedFixes
  expect(first).toMatchObject({ cost: 2, change: { kind: "fill" } })
  expect(first?.change).toEqual({
    kind: "fill",
    draft: { ...drafts.AWS, request: { ...draft.request, containerId: ids.awsWest } },
  })
})

test("a free block overlaps neither the VPC nor other projects, as long as there is room", () => {
  const of = {
    ...snapshot,
    otherProjects: [
      { ...payments, containers: [], peers: [listedPeer("AWS", { routeTableCidrBlock: "10.0.0.0/13" })] },
    ],
  }
  const draft = draftForNew("AWS", { atlasCidrBlock: "10.8.0.0/21" }, { routeTableCidrBlock: "10.9.0.0/16" })
  const titles = toVerdict(draft, of).suggestedFixes.map(({ title }) => title)
  expect(titles).toContain("Use 10.8.16.0/21 for Atlas")
})
