import {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  PeeringDraft,
  newContainerMark,
  parseCidr,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { mergePasted } from "./merge-pasted.ts"
import type { Pasted } from "./pasted.ts"
import { readPasted } from "./read-pasted.ts"

const rules = { ...AwsPeeringRequest.shape, ...GcpPeeringRequest.shape, ...AzurePeeringRequest.shape }

/** What does not hold of something that was read, and should for any text. */
function findFaults(pasted: Pasted): string[] {
  const { request, newContainer } = pasted.fields
  const refused = Object.entries(request).filter(
    ([field, value]) =>
      !(field === "containerId" && value === newContainerMark) &&
      !rules[field as keyof typeof rules].safeParse(value).success,
  )
  const { draft } = mergePasted({ providerName: "AWS", request: {} }, pasted)
  return [
    ...refused.map(([field, value]) => `${field} cannot hold ${value}`),
    ...(newContainer !== null && request.containerId === undefined
      ? ["a new container that is not chosen"]
      : []),
    ...(PeeringDraft.safeParse(draft).success ? [] : ["the merged draft is none"]),
    ...(pasted.fields.networkBlocks ?? []).filter((block) => parseCidr(block) === null),
    ...pasted.notes
      .filter((note) => !/\S\.$/.test(note) || note.length > 500)
      .map((note) => `no sentence: ${note}`),
    ...pasted.choices.flatMap((choice) => findFaults(choice.pasted)),
  ]
}

const fragments = fc.constantFrom(
  ...`{ } [ ] ( ) " ' \\ : , = # // /* */ ; | & $( \` --data curl atlas \${ %{ <<EOF --- 🚀 __proto__`.split(
    " ",
  ),
  "\0",
  "\ud800",
  "\n",
  " ",
  "atlas networking peering create aws ",
  "--accountId ",
  "--vpcId=",
  "--region ",
  'resource "mongodbatlas_network_peering" "a" {\n',
  'vpc_id = "',
  "region = [",
  "container_id = a.b.c\n",
  '{"Vpcs": [{"VpcId": "',
  '"OwnerId": ',
  '"providerName": "AZURE"',
  '"regions": [',
  '"request": {',
  '"peer": ',
  "arn:aws:ec2:",
  ":vpc/vpc-",
  "vpc-0a1b2c3d",
  "pcx-0a1b2c3d",
  "210987654321",
  "10.15.0.0/16",
  "us-east-1",
  "projects/shop-prod-1/global/networks/main",
  "/subscriptions/",
  "/resourceGroups/",
  "kind: compute#network\n",
  "apiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkPeering\nspec:\n",
  "  containerRef: {id: ",
  "  vNetName: ",
  "curl -d @- <<EOF\n",
  "\nEOF\n",
  "<<<",
  "507f1f77bcf86cd799439011",
  "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  '"toString": 1',
  '"constructor": {}',
  'new mongodbatlas.NetworkPeering("a", {',
  "routeTableCidrBlock: ",
  "Type: MongoDB::Atlas::NetworkPeering\n  Properties:\n    VpcId: !Ref ",
  "VPCS\t",
  "TAGS\t__proto__\t",
  "NAME  REGION  IP_CIDR_RANGE\n",
  "|+----+|\n|| Vpcs ||\n",
  "Name : ",
  "Tenant ID: ",
  "[core]\nproject = ",
  "__proto__:\n  - a: &x *x\n",
)

test("readPasted never fails and fills in only what the field's rule takes", () => {
  const hostile = fc.array(fc.oneof(fragments, fc.string()), { maxLength: 30 }).map((parts) => parts.join(""))
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: "binary" }), fc.json()), (text) => {
      expect(findFaults(readPasted(text))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test("readPasted reads any JSON under known names without failing", () => {
  const names = [
    ...Object.keys(rules),
    "VpcId",
    "Vpcs",
    "OwnerId",
    "Tags",
    "CidrBlockAssociationSet",
    "selfLink",
    "id",
  ]
  names.push(
    "addressSpace",
    "addressPrefixes",
    "CidrBlockSet",
    "AccepterVpcInfo",
    "VpcPeeringConnections",
    "ipCidrRange",
    "secondaryIpRanges",
    "network",
    "tenantId",
    "newContainer",
    "request",
    "regions",
    "atlasCidrBlock",
    "peer",
    "results",
  )
  const value = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }))
  fc.assert(
    fc.property(fc.oneof(value, fc.array(value)), (json) => {
      expect(findFaults(readPasted(JSON.stringify(json)))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

const megabyte = 1_000_000
const large: Record<string, string> = {
  letters: "a".repeat(megabyte),
  spaces: `x${" ".repeat(megabyte)}x`,
  "lines of spaces": " \n".repeat(megabyte / 2),
  "a plan of spaces": `mongodb network_peering\nresource "a" {\n  + a = ${" ".repeat(megabyte / 4)}x\n`,
  "empty lines in code": `mongodb network_peering${"\n".repeat(megabyte)}x`,
  "open brackets": "[".repeat(megabyte),
  "open braces with names": '{"a":'.repeat(megabyte / 5),
  "closed brackets": "[".repeat(megabyte / 2) + "]".repeat(megabyte / 2),
  quotes: '"'.repeat(megabyte),
  "a list of quotes": `[${"'\\".repeat(megabyte / 2)}`,
  "missing commas": `[${'"a" '.repeat(megabyte / 4)}`,
  "open comments": `[${"/*a,".repeat(megabyte / 4)}`,
  "an arn of colons": `arn${":".repeat(megabyte)}`,
  "many arns": "arn:aws:ec2:eu-west-1:210987654321:vpc/x ".repeat(megabyte / 41),
  "one long word of dashes": "-".repeat(megabyte),
  "many vpc ids": Array.from(
    { length: megabyte / 13 },
    (_, n) => `vpc-${(n + 0x10000000).toString(16)}`,
  ).join(" "),
  regions: "us-east-1 ".repeat(megabyte / 10),
  slashes: "/subscriptions/".repeat(megabyte / 15),
  projects: "projects/a/".repeat(megabyte / 11),
  "terraform of braces": `mongodbatlas_network_peering ${"a { ".repeat(megabyte / 4)}`,
  "terraform of quotes": `resource "mongodbatlas_network_peering" "a" { b = "${"\\\\".repeat(megabyte / 2)}`,
  "a curl of quotes": `curl --data '${"'\"".repeat(megabyte / 2)}`,
  "a curl of backslashes": `curl --data "${"\\a".repeat(megabyte / 2)}`,
  "curl lines": "curl \n".repeat(megabyte / 6),
  "curls with here-documents": "curl -d @- <<EOF\n".repeat(megabyte / 17),
  "here-documents on one line": `curl ${"<<A ;".repeat(megabyte / 5)}\n`,
  "JSON values": "{}\n".repeat(megabyte / 3),
  "open JSON values": "{\n".repeat(megabyte / 2),
  manifests: "apiVersion: atlas.mongodb.com/v1\nkind: AtlasNetworkPeering\n---\n".repeat(megabyte / 66),
  "a manifest of names": `apiVersion: atlas.mongodb.com/v1\n${"  a:\n".repeat(megabyte / 5)}`,
  yaml: `kind: compute#network\n${"a: \n".repeat(megabyte / 4)}`,
  "yaml separators": `kind: compute#network\n${"---\n".repeat(megabyte / 4)}`,
  base64: "abcd-".repeat(megabyte / 5),
  constructors: `mongodb ${'NetworkPeering(a: ["'.repeat(megabyte / 19)}`,
  "arguments of a constructor": `mongodb NetworkPeering({${"a: [ b = c( ".repeat(megabyte / 12)}`,
  "rows of a boxed table": `|+-+|\n${"|| a | b |\n".repeat(megabyte / 11)}`,
  "depths of a boxed table": `|+-+|\n${"|".repeat(megabyte)}`,
  columns: `NAME  RANGE\n${"a     10.0.0.0/8\n".repeat(megabyte / 17)}`,
  "ruled columns": "Name  Range\n----  -----\n".repeat(megabyte / 24),
  "properties of a list": "A : {\n".repeat(megabyte / 6),
  "AWS text": "VPCS\t10.0.0.0/16\n".repeat(megabyte / 17),
  labels: "Tenant ID:\n".repeat(megabyte / 11),
  blocks: "10.0.0.0/16 ".repeat(megabyte / 12),
  "words of Atlas": "atlas vpc ".repeat(megabyte / 10),
  carets: "curl ^\n".repeat(megabyte / 7),
  "resources in resources": `mongodb network_peering ${'{"resource":'.repeat(megabyte / 12)}`,
  "lists in YAML": `apiVersion: atlas.mongodb.com/v1\n${"- ".repeat(megabyte / 2)}`,
  digits: "1".repeat(megabyte),
  dots: "1.".repeat(megabyte / 2),
  "curly quotes": "“".repeat(megabyte),
}

describe("readPasted of a megabyte", () => {
  // A pattern that goes back over the text for every character of it would take hours, and end here by the test's own limit.
  test.each(Object.keys(large))("reads %s in one pass", (name) => {
    expect(findFaults(readPasted(large[name] ?? ""))).toEqual([])
  })
})

describe("mergePasted", () => {
  const draft: PeeringDraft = {
    providerName: "AWS",
    request: { vpcId: "vpc-0a1b2c3d", awsAccountId: "", containerId: newContainerMark },
    newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "US_EAST_1" },
  }

  test("fills empty fields and lists only the values that are lost", () => {
    const pasted = readPasted("arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-11112222")
    expect(mergePasted(draft, pasted)).toEqual({
      draft: {
        ...draft,
        request: {
          vpcId: "vpc-11112222",
          awsAccountId: "210987654321",
          accepterRegionName: "eu-west-1",
          containerId: newContainerMark,
        },
      },
      replaced: [{ field: "vpcId", was: "vpc-0a1b2c3d", becomes: "vpc-11112222" }],
    })
  })

  test("drops every field of the other cloud", () => {
    const { draft: merged, replaced } = mergePasted(
      draft,
      readPasted("projects/shop-prod-1/global/networks/main"),
    )
    expect(merged).toEqual({
      providerName: "GCP",
      request: { gcpProjectId: "shop-prod-1", networkName: "main" },
    })
    expect(replaced).toEqual([
      { field: "vpcId", was: "vpc-0a1b2c3d", becomes: null },
      { field: "containerId", was: newContainerMark, becomes: null },
      { field: "atlasCidrBlock", was: "10.8.0.0/21", becomes: null },
      { field: "region", was: "US_EAST_1", becomes: null },
    ])
  })

  test("replaces a new container by an existing one", () => {
    const pasted = readPasted(
      '{"id": "507f1f77bcf86cd799439011", "atlasCidrBlock": "10.9.0.0/21", "providerName": "AWS"}',
    )
    const { draft: merged, replaced } = mergePasted(draft, pasted)
    expect(merged).not.toHaveProperty("newContainer")
    expect(replaced.map(({ field }) => field)).toEqual(["containerId", "atlasCidrBlock", "region"])
  })

  const described = (vpcId: string, further: string) =>
    JSON.stringify({
      VpcId: vpcId,
      CidrBlock: "10.15.0.0/16",
      CidrBlockAssociationSet: [{ CidrBlock: further }],
    })

  test("drops the known addresses when the network changes", () => {
    const empty: PeeringDraft = { providerName: "AWS", request: {} }
    const one = mergePasted(empty, readPasted(described("vpc-11112222", "10.16.0.0/16"))).draft
    expect(one.networkBlocks).toEqual(["10.16.0.0/16"])
    const same = mergePasted(one, readPasted("arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-11112222"))
    expect(same.draft.networkBlocks).toEqual(["10.16.0.0/16"])
    const other = mergePasted(one, readPasted("vpc-33334444"))
    expect(other.draft.networkBlocks).toEqual([])
    expect(other.replaced).toContainEqual({ field: "networkBlocks", was: "10.16.0.0/16", becomes: null })
    const again = mergePasted(one, readPasted(described("vpc-11112222", "10.17.0.0/16")))
    expect(again.draft.networkBlocks).toEqual(["10.17.0.0/16"])
    expect(again.replaced).toEqual([{ field: "networkBlocks", was: "10.16.0.0/16", becomes: "10.17.0.0/16" }])
    const moved = mergePasted(one, readPasted("projects/shop-prod-1/global/networks/main"))
    expect(moved.draft).not.toHaveProperty("networkBlocks")
    expect(moved.replaced.map(({ field }) => field)).toContain("networkBlocks")
  })

  test("keeps addresses that were typed before the network was named", () => {
    const typed: PeeringDraft = {
      providerName: "AWS",
      request: { vpcId: "" },
      networkBlocks: ["10.9.0.0/16"],
    }
    expect(mergePasted(typed, readPasted("vpc-33334444")).draft.networkBlocks).toEqual(["10.9.0.0/16"])
  })

  test("keeps the values that a person keeps and takes the others", () => {
    const pasted = readPasted("arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-11112222")
    const { draft: merged, replaced } = mergePasted(draft, pasted, new Set(["vpcId" as const]))
    expect(merged.request).toMatchObject({ vpcId: "vpc-0a1b2c3d", awsAccountId: "210987654321" })
    expect(replaced).toEqual([])
    const container = readPasted('{"providerName": "AWS", "atlasCidrBlock": "10.9.0.0/21"}')
    expect(mergePasted(draft, container, new Set(["containerId" as const])).draft).toEqual(draft)
  })

  test("leaves the given draft unchanged", () => {
    const before = structuredClone(draft)
    mergePasted(draft, readPasted("vpc-11112222"))
    expect(draft).toEqual(before)
  })
})
