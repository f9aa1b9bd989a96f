import { describe, expect, test } from "vitest"
import { readPasted } from "./read-pasted.ts"
import { listNotes } from "#test/pasted.ts"

const containerId = "507f1f77bcf86cd799439011"
const projectId = "5356823b3794dee37132bb7b"
const aws = {
  accepterRegionName: "us-west-1",
  awsAccountId: "210987654321",
  containerId,
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
}
const gcp = { containerId, gcpProjectId: "shop-prod-1", networkName: "main" }
const azure = {
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "9f0c1c5e-2f35-4f0d-8b0a-1f2e3d4c5b6a",
  containerId,
  resourceGroupName: "net-rg",
  vnetName: "hub",
}

function formatCurl(body: string): string {
  return [
    `curl --user '{PUBLIC-KEY}:{PRIVATE-KEY}' --digest \\`,
    ` --header "Content-Type: application/json" \\`,
    ` --request POST "https://cloud.mongodb.com/api/atlas/v1.0/groups/${projectId}/peers?pretty=true" \\`,
    ` --data '`,
    body,
  ].join("\n")
}

describe("readPasted of a curl command", () => {
  test.each([
    ["AWS", aws],
    ["GCP", gcp],
    ["AZURE", azure],
  ])("fills every field for %s and names the project of its address", (providerName, fields) => {
    const pasted = readPasted(`${formatCurl(JSON.stringify({ providerName, ...fields }, null, 4))}'`)
    expect(pasted).toMatchObject({
      source: "curl",
      providerName,
      fields: { request: fields, newContainer: null },
    })
    expect(listNotes(pasted)).toBe(`Written for project ${projectId}. This form uses the selected project.`)
  })

  test("repairs a missing comma and closing quote, as the documentation prints it for Azure", () => {
    const body = [
      "{",
      `  "atlasCidrBlock": "192.168.0.0/21"`,
      `  "azureDirectoryId": "${azure.azureDirectoryId}",`,
      `  "azureSubscriptionId": "g893dec2-d92e-478d-bc50-cf99d31bgeg9",`,
      `  "containerId": "${containerId}",`,
      `  "providerName": "AZURE",`,
      `  "resourceGroupName": "net-rg",`,
      `  "vnetName": "hub"`,
      "}",
    ].join("\n")
    const pasted = readPasted(formatCurl(body))
    const { azureSubscriptionId: _, ...rest } = azure
    expect(pasted.fields).toEqual({ request: rest, newContainer: null })
    expect(listNotes(pasted)).toContain("a comma is missing before")
    expect(listNotes(pasted)).toContain("the closing single quote is missing")
    expect(listNotes(pasted)).toContain("is the documentation's example")
    expect(listNotes(pasted)).toContain("atlasCidrBlock skipped")
  })

  test("asks for the file that holds the body", () => {
    const pasted = readPasted(
      `curl -X POST https://cloud.mongodb.com/api/atlas/v2/groups/x/peers -d @peer.json`,
    )
    expect(listNotes(pasted)).toContain("in the file peer.json")
  })

  test.each(["-d", "--data-raw", "--json", "--data-binary"])("finds the body behind %s", (flag) => {
    expect(
      readPasted(`curl ${flag} '${JSON.stringify(gcp)}' https://cloud.mongodb.com/`).fields.request,
    ).toEqual(gcp)
  })
})

test("readPasted offers each of several curl commands", () => {
  const bodies = [
    { providerName: "AWS", ...aws },
    { providerName: "GCP", ...gcp },
  ]
  const pasted = readPasted(bodies.map((body) => `${formatCurl(JSON.stringify(body))}'`).join("\n\n"))
  expect(pasted).toMatchObject({ source: "curl", providerName: null, fields: { request: { containerId } } })
  expect(pasted.choices.map((choice) => choice.pasted.providerName)).toEqual(["AWS", "GCP"])
})

describe("readPasted of an Atlas CLI command", () => {
  test("fills a new container and the VPC's side for AWS", () => {
    const pasted = readPasted(
      "$ atlas networking peering create aws --accountId 210987654321 --atlasCidrBlock 192.168.0.0/24 \\\n" +
        "   --region us-east-1 --routeTableCidrBlock=10.15.0.0/16 --vpcId vpc-0a1b2c3d --projectId " +
        projectId,
    )
    expect(pasted).toMatchObject({ source: "atlas-cli", providerName: "AWS" })
    expect(pasted.fields).toEqual({
      request: {
        containerId: "new",
        awsAccountId: "210987654321",
        accepterRegionName: "us-east-1",
        routeTableCidrBlock: "10.15.0.0/16",
        vpcId: "vpc-0a1b2c3d",
      },
      newContainer: { atlasCidrBlock: "192.168.0.0/24", region: "US_EAST_1" },
    })
  })

  test("fills the network's side for Google Cloud and Azure", () => {
    expect(
      readPasted(
        "atlas networking peering create gcp --atlasCidrBlock 192.168.0.0/18 --gcpProjectId shop-prod-1 --network main",
      ).fields,
    ).toEqual({
      request: { containerId: "new", gcpProjectId: "shop-prod-1", networkName: "main" },
      newContainer: { atlasCidrBlock: "192.168.0.0/18" },
    })
    const { containerId: _, ...side } = azure
    expect(
      readPasted(
        `atlas networking peering create azure --directoryId ${azure.azureDirectoryId} --subscriptionId ` +
          `${azure.azureSubscriptionId} --resourceGroup net-rg --region US_EAST_2 --vnet hub`,
      ).fields,
    ).toEqual({ request: side, newContainer: null })
  })

  test("says which commands it understands", () => {
    const pasted = readPasted("atlas clusters list")
    expect(pasted).toMatchObject({ source: "atlas-cli", providerName: null })
    expect(listNotes(pasted)).toContain("Only atlas networking peering create")
  })
})

describe("readPasted of Atlas's JSON", () => {
  test("fills the form from the answer for a connection", () => {
    const answer = {
      id: "1112222b3bf99403840e8934",
      statusName: "AVAILABLE",
      connectionId: "pcx-0a1b2c3d",
      ...aws,
    }
    const pasted = readPasted(JSON.stringify(answer))
    expect(pasted).toMatchObject({ source: "atlas-json", providerName: "AWS" })
    expect(pasted.fields.request).toEqual(aws)
    expect(listNotes(pasted)).toContain("its ID 1112222b3bf99403840e8934 isn't used")
    expect(listNotes(pasted)).toContain("pcx-0a1b2c3d is an AWS peering ID")
  })

  test("fills the form from a draft with a new container", () => {
    const { containerId: _, ...side } = aws
    const draft = {
      providerName: "AWS",
      request: { ...side, containerId: "new" },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "US_WEST_1" },
    }
    expect(readPasted(JSON.stringify(draft)).fields).toEqual({
      request: draft.request,
      newContainer: draft.newContainer,
    })
  })

  test("chooses a container that has an id and describes any other as new", () => {
    const body = { atlasCidrBlock: "10.8.0.0/21", providerName: "AZURE", region: "US_EAST_2" }
    expect(readPasted(JSON.stringify(body)).fields).toEqual({
      request: { containerId: "new" },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "US_EAST_2" },
    })
    expect(readPasted(JSON.stringify({ ...body, id: containerId })).fields).toEqual({
      request: { containerId },
      newContainer: null,
    })
  })

  const existing = { id: containerId, atlasCidrBlock: "192.168.248.0/21", provisioned: true }
  test.each<[string, string, Record<string, unknown>]>([
    ["AWS", "AWS", { ...existing, regionName: "US_EAST_1", vpcId: "vpc-01eb73d0f1a8b7dd5" }],
    [
      "AWS without anything in it",
      "AWS",
      { ...existing, provisioned: false, regionName: "US_EAST_1", vpcId: null },
    ],
    [
      "Google Cloud",
      "GCP",
      {
        ...existing,
        gcpProjectId: "p-7x0h9wqzk4n5b2m8v6c3d1fa",
        networkName: `nt-${containerId}-4k2m9x7q`,
      },
    ],
    [
      "Azure",
      "AZURE",
      {
        ...existing,
        azureSubscriptionId: "5e0d4c3b2a19087f6e5d4c3b",
        region: "US_EAST_2",
        vnetName: `vnet_${containerId}_qwertyui`,
      },
    ],
  ])("chooses Atlas's container on %s and ignores the network in it", (_what, cloud, answer) => {
    const pasted = readPasted(JSON.stringify(answer))
    expect(pasted).toMatchObject({ source: "atlas-json", providerName: cloud })
    expect(pasted.fields).toEqual({ request: { containerId }, newContainer: null })
    expect(listNotes(pasted)).toContain("Existing container")
    expect(listNotes(pasted)).toContain("Its network is Atlas's own")
    expect(listNotes(pasted)).not.toContain("It is a connection that exists")
  })

  test("offers each of several containers by region and block", () => {
    const list = [
      { ...existing, providerName: "AWS", regionName: "US_EAST_1", vpcId: "vpc-01eb73d0f1a8b7dd5" },
      { ...existing, id: projectId, providerName: "GCP", gcpProjectId: null, networkName: null },
    ]
    const pasted = readPasted(JSON.stringify({ results: list, totalCount: 2 }))
    expect(pasted.choices.map(({ title }) => title)).toEqual([
      `US_EAST_1, 192.168.248.0/21, ${containerId}`,
      `192.168.248.0/21, ${projectId}`,
    ])
  })

  test("notes an unknown name, the cloud's name in another case and an id of the wrong kind [B9]", () => {
    const pasted = readPasted(
      JSON.stringify({ providerName: "Azure", ...azure, vnetName: "pcx/1", colour: "red" }),
    )
    expect(pasted.providerName).toBe("AZURE")
    expect(pasted.fields.request.vnetName).toBeUndefined()
    expect(listNotes(pasted)).toContain("vnetName skipped: pcx/1.")
    expect(listNotes(pasted)).toContain("Azure changed to AZURE")
    expect(listNotes(pasted)).toContain("Not part of a request: colour.")
  })

  test("leaves out a field of another cloud and says so", () => {
    const pasted = readPasted(JSON.stringify({ providerName: "AWS", ...aws, gcpProjectId: "shop-prod-1" }))
    expect(pasted.fields.request).toEqual(aws)
    expect(listNotes(pasted)).toContain("gcpProjectId skipped: it belongs to Google Cloud")
  })

  test("offers each of several connections", () => {
    const pasted = readPasted(
      JSON.stringify({ results: [gcp, { ...gcp, networkName: "other" }], totalCount: 2 }),
    )
    expect(pasted.choices).toHaveLength(2)
    expect(pasted.fields.request).toEqual({ containerId, gcpProjectId: "shop-prod-1" })
  })

  test("reads JavaScript object notation", () => {
    const pasted = readPasted(`{ providerName: 'GCP', networkName: “main”, gcpProjectId: "shop-prod-1", }`)
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1", networkName: "main" })
  })
})

describe("readPasted of Terraform", () => {
  const peering = [
    `resource "mongodbatlas_network_peering" "app" {`,
    `  # the app's VPC`,
    `  accepter_region_name   = "us-west-1"`,
    `  project_id             = var.project_id`,
    `  container_id           = mongodbatlas_network_container.app.container_id`,
    `  provider_name          = "AWS"`,
    `  route_table_cidr_block = "10.15.0.0/16"`,
    `  vpc_id                 = aws_vpc.app.id`,
    `  aws_account_id         = 210987654321`,
    `  timeouts { create = "10m" }`,
    `}`,
  ].join("\n")

  test("takes literals and names references", () => {
    const pasted = readPasted(peering)
    expect(pasted).toMatchObject({ source: "terraform", providerName: "AWS" })
    expect(pasted.fields.request).toEqual({
      accepterRegionName: "us-west-1",
      awsAccountId: "210987654321",
      routeTableCidrBlock: "10.15.0.0/16",
    })
    expect(listNotes(pasted)).toContain("vpc_id is aws_vpc.app.id, which only the code knows")
    expect(listNotes(pasted)).toContain("container_id is mongodbatlas_network_container.app.container_id")
  })

  test("takes the container that a peering refers to as the new one", () => {
    const container = [
      `resource "mongodbatlas_network_container" "app" {`,
      `  atlas_cidr_block = "10.8.0.0/21"`,
      `  region_name      = "US_WEST_1"`,
      `  provider_name    = "AWS"`,
      `}`,
    ].join("\n")
    expect(readPasted(`${container}\n\n${peering}`).fields).toMatchObject({
      request: { containerId: "new" },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "US_WEST_1" },
    })
    expect(readPasted(container).fields).toEqual({
      request: { containerId: "new" },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", region: "US_WEST_1" },
    })
  })

  test.each(["/* the app's { VPC */", "/* over\n * two lines\n */", "/**/"])(
    "skips the comment %j",
    (comment) => {
      expect(readPasted(`${comment}\n${peering.replace("# the app's VPC", comment)}`).fields).toEqual(
        readPasted(peering).fields,
      )
    },
  )

  test("ignores the text of a comment, up to the end when it is never closed", () => {
    expect(readPasted(`/* vpc_id = "vpc-0a1b2c3d" */\n${peering}`).fields).toEqual(readPasted(peering).fields)
    const open = peering.replace("  route_table", "  /* route_table")
    expect(readPasted(open).fields.request).toEqual({ accepterRegionName: "us-west-1" })
  })

  test("names a template in place of taking it as a literal", () => {
    const pasted = readPasted(
      `resource "mongodbatlas_network_peering" "a" {\n provider_name = "GCP"\n network_name = "\${var.name}-vpc"\n gcp_project_id = "shop-prod-1"\n}`,
    )
    expect(pasted.fields.request).toEqual({ gcpProjectId: "shop-prod-1" })
    expect(listNotes(pasted)).toContain("network_name is ${var.name}-vpc")
  })
})
