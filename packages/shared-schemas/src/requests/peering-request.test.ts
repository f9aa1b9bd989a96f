import { describe, expect, test } from "vitest"
import { PeeringRequest } from "#index.ts"

const containerId = "507f1f77bcf86cd799439011"
const aws = {
  providerName: "AWS",
  containerId,
  accepterRegionName: "us-east-1",
  awsAccountId: "123456789012",
  routeTableCidrBlock: "10.15.0.0/16",
  vpcId: "vpc-0a1b2c3d4e5f60718",
}
const gcp = {
  providerName: "GCP",
  containerId,
  gcpProjectId: "my-sample-project-191923",
  networkName: "test1",
}
const azure = {
  providerName: "AZURE",
  containerId,
  azureDirectoryId: "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915",
  azureSubscriptionId: "9093dec2-d92e-478d-bc50-cf99d31b9e99",
  resourceGroupName: "atlas-azure-peering",
  vnetName: "azure-peer",
}
const vnetResource = `/subscriptions/${azure.azureSubscriptionId}/resourceGroups/net_rg/providers/Microsoft.Network/virtualNetworks/hub`

/** As MongoDB's Terraform provider writes the ids of a thing into its state. */
function terraformState(values: Record<string, string>): string {
  return Object.entries(values)
    .map((pair) => pair.map((text) => Buffer.from(text).toString("base64")).join(":"))
    .join("-")
}
const fixedId = `Enter only the container ID: ${containerId}`

/** Field → sentence, as the form and the server show it. */
function complaints(request: Record<string, unknown>): Record<string, string> {
  const parsed = PeeringRequest.safeParse(request)
  return Object.fromEntries(parsed.error?.issues.map((issue) => [issue.path.join("."), issue.message]) ?? [])
}

test.each([
  ["AWS", aws],
  ["AWS with a short VPC id", { ...aws, vpcId: "vpc-7b64b41e" }],
  ["AWS in a region we have never heard of", { ...aws, accepterRegionName: "eusc-de-east-1" }],
  ["AWS with a single address", { ...aws, routeTableCidrBlock: "10.15.0.7/32" }],
  ["GCP", gcp],
  ["GCP with a one-letter network", { ...gcp, networkName: "n" }],
  ["Azure", azure],
  [
    "Azure in capitals",
    { ...azure, azureDirectoryId: azure.azureDirectoryId.toUpperCase(), resourceGroupName: "RG_(west).1" },
  ],
  ["Azure with a short VNet name", { ...azure, vnetName: "v1" }],
  ["Azure with a long VNet name", { ...azure, vnetName: `1.-_${"V".repeat(59)}_` }],
  ["Azure with a long resource group name", { ...azure, resourceGroupName: `(${"r".repeat(89)}` }],
])("takes a right request: %s", (_, request) => {
  expect(PeeringRequest.parse(request)).toEqual(request)
})

describe("AWS fields", () => {
  test.each([
    ["containerId", "", "Choose a container"],
    ["containerId", undefined, "Choose a container"],
    ["containerId", "507f", "An Atlas container ID has 24 hexadecimal digits (0-9, a-f)"],
    ["accepterRegionName", "", "Choose the region of your VPC"],
    ["accepterRegionName", "US_EAST_1", "Use AWS's name: us-east-1"],
    ["accepterRegionName", "Oregon", "Use AWS's name: us-west-2"],
    ["accepterRegionName", "eu-west-1b", "eu-west-1b is an availability zone. Use its region: eu-west-1"],
    ["accepterRegionName", "the moon", "An AWS region looks like us-east-1"],
    ["awsAccountId", "", "Enter the AWS account ID, 12 digits"],
    ["awsAccountId", 123456789012, "Enter the AWS account ID, 12 digits"],
    ["awsAccountId", "000000000000", "AWS has no account 000000000000. Enter the ID of the VPC's account"],
    ["awsAccountId", "12345678901", "An AWS account ID has 12 digits, not 11"],
    ["awsAccountId", "1234567890123", "An AWS account ID has 12 digits, not 13"],
    ["awsAccountId", "1234-5678-9012", "Use the 12 digits without spaces or dashes: 123456789012"],
    ["awsAccountId", "12345678901x", "An AWS account ID has 12 digits"],
    ["awsAccountId", " 123456789012", "Remove the spaces at the ends"],
    ["awsAccountId", "arn:aws:iam::123456789012:role/net", "Enter only the account ID: 123456789012"],
    ["routeTableCidrBlock", "", "Enter the VPC CIDR"],
    ["routeTableCidrBlock", "10.15.0.0", "Add the prefix length, as in 10.15.0.0/16"],
    ["routeTableCidrBlock", "10.15.0.7", "Add the prefix length, as in 10.15.0.0/16"],
    ["routeTableCidrBlock", "10.15.0.300", "Enter a CIDR like 10.15.0.0/16"],
    ["routeTableCidrBlock", "10.15.0.0/16, 10.16.0.0/16", "Enter one CIDR only"],
    ["routeTableCidrBlock", "fd00::/8", "Atlas peers over IPv4 only. Enter the IPv4 CIDR"],
    ["routeTableCidrBlock", "10.15.0.0/33", "A prefix length is at most /32"],
    ["routeTableCidrBlock", "10.15.0.300/16", "Each number of an address is 0 to 255, without leading zeros"],
    ["routeTableCidrBlock", "10.15.0.9/16", "10.15.0.9/16 isn't a network address. Use 10.15.0.0/16"],
    [
      "routeTableCidrBlock",
      "8.8.8.0/24",
      "Atlas peers with private addresses only: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ],
    [
      "routeTableCidrBlock",
      "172.0.0.0/8",
      "Atlas peers with private addresses only: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ],
    [
      "containerId",
      terraformState({ container_id: containerId, project_id: "5356823b3794dee37132bb7b" }),
      fixedId,
    ],
    ["containerId", Buffer.from(`container_id:${containerId}`).toString("base64"), fixedId],
    ["containerId", containerId.toUpperCase(), `Use lower case: ${containerId}`],
    [
      "containerId",
      terraformState({ peer_id: containerId, project_id: "5356823b3794dee37132bb7b", provider_name: "AWS" }),
      "This is a Terraform state ID. An Atlas container ID has 24 hexadecimal digits (0-9, a-f)",
    ],
    [
      "containerId",
      `5356823b3794dee37132bb7b-${containerId}-AWS`,
      "This is a Terraform import ID. An Atlas container ID has 24 hexadecimal digits (0-9, a-f)",
    ],
    ["vpcId", "", "Enter the VPC ID, vpc-…"],
    ["vpcId", "vpc-0a1b2c3d", null],
    ["vpcId", "vpc-0a1b2c3d4e", "A VPC ID has 8 or 17 hexadecimal digits after vpc-, not 10"],
    ["vpcId", "VPC-0A1B2C3D", "Use lower case: vpc-0a1b2c3d"],
    ["vpcId", "vpc-notahexid", "A VPC ID is vpc- and 8 or 17 hexadecimal digits (0-9, a-f)"],
    [
      "vpcId",
      "pcx-0a1b2c3d4e5f60718",
      "This is an AWS peering ID. A VPC ID is vpc- and 8 or 17 hexadecimal digits (0-9, a-f)",
    ],
    ["vpcId", "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b2c3d", "Enter only the VPC ID: vpc-0a1b2c3d"],
  ])("%s %j → %s", (field, value, sentence) => {
    expect(complaints({ ...aws, [field]: value })).toEqual(sentence === null ? {} : { [field]: sentence })
  })
})

describe("GCP fields", () => {
  const idRule =
    "A project ID has 6 to 30 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash"
  const nameRule =
    "A network name has 1 to 63 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash"
  test.each([
    ["gcpProjectId", "", "Enter your Google Cloud project ID"],
    ["gcpProjectId", "short", idRule],
    ["gcpProjectId", "ends-with-a-dash-", idRule],
    ["gcpProjectId", "My-Project", "Use lower case: my-project"],
    ["gcpProjectId", "415104041262", "This is a project number. Enter the project ID"],
    ["gcpProjectId", "projects/my-project/global/networks/n", "Enter only the project ID: my-project"],
    ["networkName", "", "Enter your VPC network name"],
    ["networkName", "1st", nameRule],
    ["networkName", "n".repeat(64), nameRule],
    ["networkName", "Default", "Use lower case: default"],
    [
      "networkName",
      "https://www.googleapis.com/compute/v1/projects/my-project/global/networks/default",
      "Enter only the network name: default",
    ],
  ])("%s %j → %s", (field, value, sentence) => {
    expect(complaints({ ...gcp, [field]: value })).toEqual({ [field]: sentence })
  })
})

describe("Azure fields", () => {
  const subscription = azure.azureSubscriptionId
  const vnetRule =
    "A VNet name has 2 to 64 letters, digits, dots, underscores or dashes. It starts with a letter or digit and ends with a letter, digit or underscore"
  test.each([
    ["azureDirectoryId", "", "Enter the directory (tenant) ID"],
    [
      "azureDirectoryId",
      "contoso.onmicrosoft.com",
      "This is the directory's domain. Enter its ID: az account show prints it as tenantId",
    ],
    [
      "azureDirectoryId",
      "00000000-0000-0000-0000-000000000000",
      "A directory ID isn't all zeros. Enter your own",
    ],
    ["azureSubscriptionId", "", "Enter the subscription ID"],
    ["azureSubscriptionId", subscription.replaceAll("-", ""), `Use dashes: ${subscription}`],
    ["azureSubscriptionId", vnetResource, `Enter only the subscription ID: ${subscription}`],
    ["resourceGroupName", "", "Enter the resource group name"],
    ["resourceGroupName", vnetResource, "Enter only the name: net_rg"],
    [
      "resourceGroupName",
      "ends.with.a.dot.",
      "A resource group name has 1 to 90 letters, digits, dashes, underscores, dots or parentheses and doesn't end with a dot",
    ],
    [
      "resourceGroupName",
      "r".repeat(91),
      "A resource group name has 1 to 90 letters, digits, dashes, underscores, dots or parentheses and doesn't end with a dot",
    ],
    ["vnetName", "", "Enter the VNet name"],
    ["vnetName", vnetResource, "Enter only the name: hub"],
    ["vnetName", "my vnet", vnetRule],
    ["vnetName", "v", vnetRule],
    ["vnetName", "-vnet", vnetRule],
    ["vnetName", "_vnet", vnetRule],
    ["vnetName", "vnet-", vnetRule],
    ["vnetName", "vnet.", vnetRule],
    ["vnetName", "vnet(west)", vnetRule],
    ["vnetName", "v".repeat(65), vnetRule],
  ])("%s %j → %s", (field, value, sentence) => {
    expect(complaints({ ...azure, [field]: value })).toEqual({ [field]: sentence })
  })
})

test.each([
  [aws, "awsAccountId", azure.azureSubscriptionId, "This is an Azure UUID."],
  [aws, "awsAccountId", aws.vpcId, "This is an AWS VPC ID."],
  [aws, "vpcId", vnetResource, "This is an Azure resource ID."],
  [aws, "vpcId", aws.awsAccountId, "This is an AWS account ID."],
  [aws, "routeTableCidrBlock", aws.vpcId, "This is an AWS VPC ID."],
  [aws, "accepterRegionName", aws.awsAccountId, "This is an AWS account ID."],
  [aws, "containerId", aws.vpcId, "This is an AWS VPC ID."],
  [gcp, "gcpProjectId", azure.azureSubscriptionId, "This is an Azure UUID."],
  [gcp, "networkName", aws.routeTableCidrBlock, "This is a CIDR."],
  [azure, "azureSubscriptionId", aws.awsAccountId, "This is an AWS account ID."],
  [azure, "azureDirectoryId", containerId, "This is an Atlas ID."],
  [azure, "vnetName", "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-1", "This is an AWS ARN."],
])("names another kind of id that was pasted: %#", (request, field, pasted, beginning) => {
  expect(complaints({ ...request, [field]: pasted })[field]?.startsWith(beginning)).toBe(true)
})

test.each([
  [aws, "awsAccountId", "abc123abc123"],
  [aws, "vpcId", "vpc-abc123abc123"],
  [azure, "azureSubscriptionId", "g893dec2-d92e-478d-bc50-cf99d31bgeg9"],
])("knows the documentation's example values: %#", (request, field, example) => {
  expect(complaints({ ...request, [field]: example })).toEqual({
    [field]: `${example} is the documentation's example. Enter your own value`,
  })
})

test("says every mistake at once, each at its field [B8]", () => {
  expect(Object.keys(complaints({ providerName: "AWS" })).toSorted()).toEqual(
    Object.keys(aws)
      .filter((name) => name !== "providerName")
      .toSorted(),
  )
})

test.each([
  ["a field of another cloud", { ...gcp, vpcId: aws.vpcId }, ["vpcId"]],
  ["the old example's atlasCidrBlock", { ...azure, atlasCidrBlock: "192.168.0.0/21" }, ["atlasCidrBlock"]],
  ["read-only fields", { ...aws, id: containerId, statusName: "AVAILABLE" }, ["id", "statusName"]],
])("refuses %s", (_, request, keys) => {
  const issues = PeeringRequest.safeParse(request).error?.issues
  expect(issues).toMatchObject([{ code: "unrecognized_keys", keys }])
})

test.each([
  { ...aws, providerName: "aws" },
  { ...azure, providerName: "Azure" },
  { ...aws, providerName: undefined },
  { ...aws, providerName: "ALIBABA" },
])("takes no other spelling of the cloud's name: $providerName", (request) => {
  expect(complaints(request)).toEqual({ providerName: "providerName is AWS, GCP or AZURE" })
})

test.each([null, [], "AWS", 7, [aws]])("a body that is no object is refused: %j", (body) => {
  expect(PeeringRequest.safeParse(body).success).toBe(false)
})

test("a text far longer than any id is refused without being read further or repeated", () => {
  const long = "http://a/" + "networks/".repeat(100_000)
  for (const [request, field] of [
    [aws, "vpcId"],
    [gcp, "networkName"],
    [azure, "vnetName"],
  ] as const)
    expect(complaints({ ...request, [field]: long })).toEqual({
      [field]: "Too long: 900009 characters, at most 500",
    })
})
