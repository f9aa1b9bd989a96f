import { describe, expect, test } from "vitest"
import { readPasted } from "./read-pasted.ts"
import { listNotes } from "#test/pasted.ts"

const one = "507f1f77bcf86cd799439011"
const other = "5356823b3794dee37132bb7b"
const uuid = "35039750-6ebd-4ad5-bcfe-cb4e5fc2d915"

function toStateId(values: Record<string, string>): string {
  return Object.entries(values)
    .map((pair) => pair.map((text) => Buffer.from(text).toString("base64")).join(":"))
    .join("-")
}

describe("readPasted of one identifier [B8] [D5] [D7]", () => {
  test.each([
    ["vpc-0a1b2c3d4e5f60718", "AWS", { vpcId: "vpc-0a1b2c3d4e5f60718" }],
    ["VPC-0A1B2C3D", "AWS", { vpcId: "vpc-0a1b2c3d" }],
    ["vpc\u2011\u00ad0a1b2c3d", "AWS", { vpcId: "vpc-0a1b2c3d" }],
    ["２１０９８７６５４３２１", "AWS", { awsAccountId: "210987654321" }],
    ["210987654321", "AWS", { awsAccountId: "210987654321" }],
    ["2109-8765-4321", "AWS", { awsAccountId: "210987654321" }],
    ["eu-west-1", "AWS", { accepterRegionName: "eu-west-1" }],
    ["eu-west-1b", "AWS", { accepterRegionName: "eu-west-1" }],
    ["EU_WEST_1", "AWS", { accepterRegionName: "eu-west-1" }],
    [toStateId({ container_id: one, project_id: other }), null, { containerId: one }],
    [Buffer.from(`container_id:${one}`).toString("base64"), null, { containerId: one }],
    [`https://sts.windows.net/${uuid}/`, "AZURE", { azureDirectoryId: uuid }],
    [`https://login.microsoftonline.com/${uuid}/v2.0`, "AZURE", { azureDirectoryId: uuid }],
    [
      "https://console.cloud.google.com/home/dashboard?authuser=1&project=acme-prod-01",
      "GCP",
      { gcpProjectId: "acme-prod-01" },
    ],
  ])("puts %s into its field", (text, providerName, request) => {
    const pasted = readPasted(text)
    expect(pasted).toMatchObject({ source: "identifier", providerName, choices: [] })
    expect(pasted.fields.request).toEqual(request)
  })

  test.each([
    ["eastus2", { region: "US_EAST_2" }],
    ["West US 3", { region: "US_WEST_3" }],
    ["europe-west1", { regions: ["WESTERN_EUROPE"] }],
  ])("takes %s as the region of a new container by Atlas's name", (text, newContainer) => {
    expect(readPasted(text).fields.newContainer).toEqual(newContainer)
  })

  test.each([
    ["pcx-0a1b2c3d4e5f60718", "is an AWS peering ID. Atlas assigns it"],
    ["subnet-0a1b2c3d", "This is an AWS subnet ID. No field needs it"],
    ["sg-0a1b2c3d", "This is an AWS security group ID. No field needs it"],
    [`${other}-${one}-AWS`, `${one} is the ID of an existing connection`],
    [
      toStateId({ peer_id: one, project_id: other, provider_name: "GCP" }),
      `${one} is the ID of an existing connection`,
    ],
    ["vpc-abc123abc123", "is the documentation's example"],
    ["8.8.8.0/24", "Atlas peers with private addresses only: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16"],
    ["acme.onmicrosoft.com", "is the domain of a directory. az account show prints its ID as tenantId"],
    ["hello", "No network ID, command or JSON found"],
    ["", "The pasted text is empty"],
    ["{}", "This JSON describes no network"],
    ['{"a": [1, 2]}', "This JSON describes no network"],
  ])("fills nothing from %s and says why", (text, says) => {
    const pasted = readPasted(text)
    expect(pasted.fields).toEqual({ request: {}, newContainer: null })
    expect(listNotes(pasted)).toContain(says)
  })

  test.each([
    [uuid, ["azureDirectoryId", "azureSubscriptionId"]],
    [uuid.replaceAll("-", ""), ["azureDirectoryId", "azureSubscriptionId"]],
    [one, ["containerId"]],
    [`${other}-${one}`, ["containerId"]],
    ["10.15.0.0/16", ["routeTableCidrBlock", "containerId"]],
  ])("offers each meaning of %s", (text, fields) => {
    const pasted = readPasted(text)
    expect(pasted.fields).toEqual({ request: {}, newContainer: null })
    expect(pasted.choices.flatMap((choice) => Object.keys(choice.pasted.fields.request))).toEqual(fields)
  })

  test("offers each cloud of a region that Atlas names alike [C17]", () => {
    expect(readPasted("US_WEST_2").choices.map(({ pasted }) => pasted.providerName)).toEqual([
      "AWS",
      "AZURE",
      "GCP",
    ])
    expect(readPasted("US_EAST_2").choices.map(({ pasted }) => pasted.providerName)).toEqual(["AWS", "AZURE"])
  })

  test("writes an address with host bits as the block it lies in", () => {
    const [choice] = readPasted("10.15.3.4/16").choices
    expect(choice?.pasted.fields.request.routeTableCidrBlock).toBe("10.15.0.0/16")
    expect(choice && listNotes(choice.pasted)).toContain("10.15.3.4/16 changed to 10.15.0.0/16.")
  })
})
