import { describe, expect, test } from "vitest"
import { summarizePasted } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const vpcId = "vpc-0a1b2c3d"
const account = "210987654321"
const tenant = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"
const id24 = "507f1f77bcf86cd799439011"
const project = "5356823b3794dee37132bb7b"
const atlasAws = {
  accepterRegionName: "us-west-1",
  awsAccountId: account,
  containerId: id24,
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId,
}

/** An id as Terraform's state keeps it. */
function toStateId(values: Record<string, string>): string {
  return Object.entries(values)
    .map((pair) => pair.map((text) => Buffer.from(text).toString("base64")).join(":"))
    .join("-")
}

/** Title, pasted text, and all that is read from it. */
const rows: readonly [string, string, readonly string[]][] = [
  [
    "refuses an unknown providerName and infers the cloud",
    JSON.stringify({ providerName: "IBM", ...atlasAws }),
    [
      "atlas-json AWS",
      "accepterRegionName=us-west-1",
      "awsAccountId=210987654321",
      "containerId=507f1f77bcf86cd799439011",
      "routeTableCidrBlock=10.15.0.0/16",
      "vpcId=vpc-0a1b2c3d",
      "- providerName must be AWS, GCP or AZURE, not IBM.",
    ],
  ],
  [
    "writes providerName in upper case",
    JSON.stringify({ providerName: "aws", ...atlasAws }),
    [
      "atlas-json AWS",
      "accepterRegionName=us-west-1",
      "awsAccountId=210987654321",
      "containerId=507f1f77bcf86cd799439011",
      "routeTableCidrBlock=10.15.0.0/16",
      "vpcId=vpc-0a1b2c3d",
      "- aws changed to AWS.",
    ],
  ],
  [
    "explains an accepterRegionName that is null",
    JSON.stringify({ providerName: "AWS", ...atlasAws, accepterRegionName: null }),
    [
      "atlas-json AWS",
      "awsAccountId=210987654321",
      "containerId=507f1f77bcf86cd799439011",
      "routeTableCidrBlock=10.15.0.0/16",
      "vpcId=vpc-0a1b2c3d",
      "- accepterRegionName is null: the VPC is in its container's region.",
    ],
  ],
  [
    "takes atlasCidrBlock of a request without a container for a new container",
    JSON.stringify({ providerName: "AWS", vpcId, atlasCidrBlock: "10.8.0.0/21" }),
    ["atlas-json AWS", "vpcId=vpc-0a1b2c3d", "containerId=new", "atlasCidrBlock=10.8.0.0/21"],
  ],
  [
    "takes atlasCidrBlock alone for a new container of no cloud",
    JSON.stringify({ atlasCidrBlock: "10.8.0.0/21" }),
    ["atlas-json (no cloud)", "containerId=new", "atlasCidrBlock=10.8.0.0/21"],
  ],
  [
    "ignores the mark of a new container that is not described",
    JSON.stringify({ providerName: "AWS", request: { vpcId, containerId: "new" } }),
    ["atlas-json AWS", "vpcId=vpc-0a1b2c3d"],
  ],
  [
    "takes the cloud of the new container",
    JSON.stringify({
      request: { containerId: "new" },
      newContainer: { atlasCidrBlock: "10.8.0.0/21", providerName: "AWS", region: "US_EAST_1" },
    }),
    ["atlas-json AWS", "containerId=new", "atlasCidrBlock=10.8.0.0/21", "region=US_EAST_1"],
  ],
  [
    "names each field of a new container that its rule refuses",
    JSON.stringify({ request: { vpcId }, newContainer: { atlasCidrBlock: "8.8.8.0/24", region: "NOWHERE" } }),
    [
      "atlas-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "- atlasCidrBlock skipped: 8.8.8.0/24. The Atlas CIDR must be private: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.",
      "- region skipped: NOWHERE. Atlas isn't available in AWS region NOWHERE.",
    ],
  ],
  [
    "unwraps the peer of this product's own answer",
    JSON.stringify({
      projectId: project,
      id: id24,
      peer: { providerName: "AWS", ...atlasAws, id: project, connectionId: "pcx-0a1b2c3d" },
      history: [],
    }),
    [
      "atlas-json AWS",
      "accepterRegionName=us-west-1",
      "awsAccountId=210987654321",
      "containerId=507f1f77bcf86cd799439011",
      "routeTableCidrBlock=10.15.0.0/16",
      "vpcId=vpc-0a1b2c3d",
      "- pcx-0a1b2c3d is an AWS peering ID. Atlas assigns it after the request, so no field needs it.",
      "- Existing connection: its ID 5356823b3794dee37132bb7b isn't used.",
    ],
  ],
  [
    "leaves out one region of several that Atlas does not have",
    JSON.stringify({
      providerName: "GCP",
      atlasCidrBlock: "10.8.0.0/18",
      regions: ["WESTERN_EUROPE", "nowhere", "us-east4"],
    }),
    [
      "atlas-json GCP",
      "containerId=new",
      "atlasCidrBlock=10.8.0.0/18",
      "regions=WESTERN_EUROPE,US_EAST_4",
      "- regions skipped: nowhere. Atlas isn't available in Google Cloud region nowhere.",
      "- us-east4 changed to US_EAST_4.",
    ],
  ],
  [
    "takes a single region of a Google Cloud container",
    JSON.stringify({ providerName: "GCP", atlasCidrBlock: "10.8.0.0/18", region: "WESTERN_EUROPE" }),
    ["atlas-json GCP", "containerId=new", "atlasCidrBlock=10.8.0.0/18", "regions=WESTERN_EUROPE"],
  ],
  [
    "infers Google Cloud from regions",
    JSON.stringify({ atlasCidrBlock: "10.8.0.0/18", regions: ["WESTERN_EUROPE"] }),
    ["atlas-json GCP", "containerId=new", "atlasCidrBlock=10.8.0.0/18", "regions=WESTERN_EUROPE"],
  ],
  [
    "infers Azure from region",
    JSON.stringify({ atlasCidrBlock: "10.8.0.0/21", region: "US_EAST_2" }),
    ["atlas-json AZURE", "containerId=new", "atlasCidrBlock=10.8.0.0/21", "region=US_EAST_2"],
  ],
  [
    "infers AWS from regionName",
    JSON.stringify({ atlasCidrBlock: "10.8.0.0/21", regionName: "US_EAST_1" }),
    ["atlas-json AWS", "containerId=new", "atlasCidrBlock=10.8.0.0/21", "region=US_EAST_1"],
  ],
  [
    "takes a container id alone",
    JSON.stringify({ providerName: "AWS", containerId: id24 }),
    ["atlas-json AWS", "containerId=507f1f77bcf86cd799439011"],
  ],
  [
    "names the first eight unknown fields",
    JSON.stringify({
      providerName: "GCP",
      gcpProjectId: "shop-prod-1",
      networkName: "main",
      a: 1,
      b: 2,
      c: 3,
      d: 4,
      e: 5,
      f: 6,
      g: 7,
      h: 8,
      i: 9,
    }),
    [
      "atlas-json GCP",
      "gcpProjectId=shop-prod-1",
      "networkName=main",
      "- Not part of a request: a, b, c, d, e, f, g, h.",
    ],
  ],
  [
    "keeps the first cloud of a request that names two",
    JSON.stringify({ vpcId, gcpProjectId: "shop-prod-1" }),
    [
      "atlas-json AWS",
      "vpcId=vpc-0a1b2c3d",
      "- gcpProjectId skipped: it belongs to Google Cloud, the rest to AWS.",
    ],
  ],
  [
    "decodes a container id of Terraform's state",
    JSON.stringify({ providerName: "AWS", containerId: toStateId({ container_id: id24 }) }),
    [
      "atlas-json AWS",
      "containerId=507f1f77bcf86cd799439011",
      "- Y29udGFpbmVyX2lk:NTA3ZjFmNzdiY2Y4NmNkNzk5NDM5MDEx changed to 507f1f77bcf86cd799439011.",
    ],
  ],
  [
    "writes ids in the form's spelling",
    JSON.stringify({
      providerName: "AWS",
      awsAccountId: "2109-8765-4321",
      vpcId: "VPC-0A1B2C3D",
      accepterRegionName: "US_WEST_1",
    }),
    [
      "atlas-json AWS",
      "awsAccountId=210987654321",
      "vpcId=vpc-0a1b2c3d",
      "accepterRegionName=us-west-1",
      "- 2109-8765-4321 changed to 210987654321.",
      "- VPC-0A1B2C3D changed to vpc-0a1b2c3d.",
      "- US_WEST_1 changed to us-west-1.",
    ],
  ],
  [
    "groups the digits of a UUID and refuses what is none",
    JSON.stringify({
      providerName: "AZURE",
      azureDirectoryId: tenant.replaceAll("-", ""),
      azureSubscriptionId: "x",
    }),
    [
      "atlas-json AZURE",
      "azureDirectoryId=35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
      "- 350397506ebd4ad5bcfecb4e5fc2d915 changed to 35039750-6ebd-4ad5-bcfe-cb4e5fc2d915.",
      "- azureSubscriptionId skipped: x. A subscription ID is a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12.",
    ],
  ],
  [
    "explains Terraform's import id alone",
    `${project}-${id24}-azure`,
    [
      "identifier AZURE",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
      "- 507f1f77bcf86cd799439011 is the ID of an existing connection. No field needs it.",
    ],
  ],
  [
    "explains a Terraform state ID with a connection",
    toStateId({ peer_id: id24, project_id: project, provider_name: "AZURE" }),
    [
      "identifier AZURE",
      "- Read from a Terraform state ID, which holds other IDs in base64.",
      "- 507f1f77bcf86cd799439011 is the ID of an existing connection. No field needs it.",
      "- Written for project 5356823b3794dee37132bb7b. This form uses the selected project.",
    ],
  ],
  [
    "warns that an account id looks like a Google Cloud project number",
    account,
    [
      "identifier AWS",
      "awsAccountId=210987654321",
      "- If it is a Google Cloud project number, enter the project ID instead.",
    ],
  ],
]

describe("readPasted of JSON with Atlas's names, and identifiers", () => {
  test.each(rows)("%s", (_title, text, read) => {
    expect(summarizePasted(readPasted(text))).toEqual(read)
  })
})
