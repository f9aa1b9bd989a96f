import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { formatOperatorYaml } from "#export/kubernetes.ts"
import { readPasted } from "./read-pasted.ts"
import { listNotes } from "#test/pasted.ts"
import { draftForNew, drafts } from "#test/drafts.ts"
import { clouds, subjectOf } from "#test/subjects.ts"

describe("readPasted of curl with its body in the text", () => {
  const url = "https://cloud.mongodb.com/api/atlas/v1.0/groups/5356823b3794dee37132bb7b/peers"
  const body = JSON.stringify({ providerName: "GCP", ...drafts.GCP.request }, null, 2)

  test.each([
    `curl --digest -X POST ${url} -d @- <<EOF\n${body}\nEOF`,
    `curl --digest -X POST ${url} --data @- <<'EOF'\n${body}\nEOF\necho done`,
    `curl --digest ${url} --data-binary @- << "JSON" | jq .\n${body}\nJSON`,
    `curl --digest ${url} -d@- <<-EOF\n${body.replace(/^/gm, "\t")}\n\tEOF`,
    `cat <<EOF | curl --digest ${url} --json @-\n${body}\nEOF`,
    `curl --digest ${url} -d @- <<<'${body}'`,
    `curl --digest ${url} -d @- <<EOF\n${body}`,
  ])("finds the body of %s", (text) => {
    const pasted = readPasted(text)
    expect(pasted).toMatchObject({ source: "curl", providerName: "GCP", choices: [] })
    expect(pasted.fields.request).toEqual(drafts.GCP.request)
    expect(listNotes(pasted)).not.toContain("in the file")
  })

  test("says that the body is missing", () => {
    expect(listNotes(readPasted(`curl ${url} -d @-`))).toContain(
      "The body comes from another command. Paste that",
    )
  })
})

test("readPasted says which container the Atlas CLI uses on each cloud", () => {
  const create = "atlas networking peering create"
  const gcp = `${create} gcp --gcpProjectId shop-prod-1 --network main`
  expect(listNotes(readPasted(gcp))).toContain("The Atlas CLI uses the one of the project")
  expect(listNotes(readPasted(`${gcp} --atlasCidrBlock 192.168.0.0/18`))).toContain(
    "The Atlas CLI uses the project's container if it exists",
  )
  expect(listNotes(readPasted(`${create} aws --vpcId vpc-0a1b2c3d --region US_EAST_1`))).toContain(
    "The Atlas CLI uses the one of its region",
  )
})

describe("readPasted of Kubernetes YAML", () => {
  test("reads YAML that a person wrote", () => {
    const pasted = readPasted(
      [
        "apiVersion: atlas.mongodb.com/v1",
        "kind: AtlasNetworkPeering",
        "metadata:",
        "    name: shop # the shop's",
        "spec:",
        "    containerRef: {id: 507f1f77bcf86cd799439011}",
        "    provider: AZURE",
        "    id: 1112222b3bf99403840e8934",
        "    azureConfiguration:",
        "        azureDirectoryId: '35039750-6ebd-4ad5-bcfe-cb4e5fc2d915'",
        "        vNetName: hub",
        "        resourceGroupName: net-rg   # of the network",
      ].join("\n"),
    )
    expect(pasted.fields).toEqual({
      request: {
        containerId: "507f1f77bcf86cd799439011",
        azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
        vnetName: "hub",
        resourceGroupName: "net-rg",
      },
      newContainer: null,
    })
    expect(listNotes(pasted)).toContain("its ID 1112222b3bf99403840e8934 isn't used")
  })

  test.each(clouds)("takes a container alone as a new one on %s", (providerName) => {
    const [container = ""] = formatOperatorYaml(subjectOf(draftForNew(providerName))).text.split("---")
    const pasted = readPasted(container)
    expect(pasted.providerName).toBe(providerName)
    expect(pasted.fields.request).toEqual({ containerId: "new" })
    expect(pasted.fields.newContainer).toEqual(draftForNew(providerName).newContainer)
  })
})

test.each([
  "cloudformation.json",
  "cloudformation.yaml",
  "crossplane.yaml",
  "operator-project.yaml",
  "pulumi.yaml",
  "terraform-json.tf.json",
  "terraform-plan.json",
])("readPasted takes the VPC's own block, and Atlas's for a new container, from %s", (name) => {
  const file = new URL(`../../test/pasted-inputs/code/${name}.txt`, import.meta.url)
  expect(readPasted(readFileSync(file, "utf8"))).toMatchObject({
    providerName: "AWS",
    choices: [],
    fields: {
      request: {
        accepterRegionName: "us-east-1",
        awsAccountId: "210987654321",
        containerId: "new",
        routeTableCidrBlock: "10.32.0.0/16",
        vpcId: "vpc-0a1b2c3d4e5f60718",
      },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "EU_WEST_1" },
    },
  })
})

test("readPasted takes no network out of a container in Terraform's state, which has Atlas's own", () => {
  const attributes = {
    vpc_id: "vpc-0aa11aa11aa11aa11",
    container_id: "507f1f77bcf86cd799439011",
    provider_name: "AWS",
  }
  const state = {
    version: 4,
    resources: [{ type: "mongodbatlas_network_container", name: "a", instances: [{ attributes }] }],
  }
  expect(readPasted(JSON.stringify(state, null, 2)).fields).toEqual({
    request: { containerId: "507f1f77bcf86cd799439011" },
    newContainer: null,
  })
})

test("readPasted offers every instance of a resource with count or for_each in Terraform's state", () => {
  const toInstance = (index_key: unknown, vpc_id: string) => ({
    ...(index_key !== undefined && { index_key }),
    attributes: { provider_name: "AWS", vpc_id, aws_account_id: "210987654321" },
  })
  const state = (...instances: unknown[]) =>
    readPasted(
      JSON.stringify({
        version: 4,
        terraform_version: "1.9.8",
        resources: [{ mode: "managed", type: "mongodbatlas_network_peering", name: "app", instances }],
      }),
    )
  const several = state(toInstance("eu", "vpc-0a1b2c3d"), toInstance(1, "vpc-0f1e2d3c"))
  expect(several.choices.map(({ title }) => title)).toEqual([
    'mongodbatlas_network_peering app["eu"]',
    "mongodbatlas_network_peering app[1]",
  ])
  expect(several.choices.map(({ pasted }) => pasted.fields.request.vpcId)).toEqual([
    "vpc-0a1b2c3d",
    "vpc-0f1e2d3c",
  ])
  expect(several.fields.request.vpcId).toBeUndefined()
  expect(several.notes.join()).toContain("Choose one")
  expect(state(toInstance(undefined, "vpc-0a1b2c3d")).fields.request.vpcId).toBe("vpc-0a1b2c3d")
})

test.each([
  [
    "a CIDR",
    'resource "aws_vpc" "main" {\n  cidr_block = "10.20.0.0/16"\n}',
    { routeTableCidrBlock: "10.20.0.0/16" },
    "Code has no VPC ID. terraform state show prints it once the VPC exists.",
  ],
  [
    "a default",
    'resource "aws_vpc" "main" {\n  cidr_block = var.cidr\n}\nvariable "cidr" {\n  default = "10.21.0.0/16"\n}',
    { routeTableCidrBlock: "10.21.0.0/16" },
    "Code has no VPC ID",
  ],
  [
    "the ID of data",
    'data "aws_vpc" "main" {\n  id = "vpc-0a1b2c3d4e5f60718"\n}',
    { vpcId: "vpc-0a1b2c3d4e5f60718" },
    "",
  ],
  ["an expression", 'resource "aws_vpc" "main" {\n  cidr_block = var.cidr\n}', {}, "cidr_block is var.cidr"],
])("readPasted reads a VPC of Terraform code alone with %s", (_, code, request, note) => {
  const pasted = readPasted(code)
  expect(pasted).toMatchObject({ source: "terraform", providerName: "AWS", choices: [] })
  expect(pasted.fields.request).toEqual(request)
  expect(listNotes(pasted)).toContain(note)
})

test("readPasted offers each VPC of Terraform code", () => {
  const code = ["a", "b"].map(
    (name, index) => `resource "aws_vpc" "${name}" { cidr_block = "10.2${index}.0.0/16" }`,
  )
  expect(readPasted(code.join("\n")).choices.map(({ title }) => title)).toEqual([
    "resource aws_vpc a",
    "resource aws_vpc b",
  ])
})
