import { describe, expect, test } from "vitest"
import { listNotes } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const network = "https://www.googleapis.com/compute/v1/projects/shop-prod-1/global/networks/main"

describe("readPasted of what the printed look-up commands print", () => {
  test.each([
    "10.24.0.0/16\n10.25.0.0/16\n",
    "Result\n------------\n10.24.0.0/16\n10.25.0.0/16",
    "- 10.24.0.0/16\n- 10.25.0.0/16",
    '[\n  "10.24.0.0/16",\n  "10.25.0.0/16"\n]',
  ])("takes a VNet's address prefixes as the network's: %j", (text) => {
    const { fields, providerName } = readPasted(text)
    expect(fields).toEqual({
      request: {},
      newContainer: null,
      networkBlocks: ["10.24.0.0/16", "10.25.0.0/16"],
    })
    expect(providerName).toBeNull()
  })

  test("takes a table of gcloud's subnets, those of pods too", () => {
    const rows = [
      "NAME  REGION        IP_CIDR_RANGE  SECONDARY_IP_RANGES",
      "apps  europe-west1  10.40.0.0/20   ['10.140.0.0/14', '10.144.0.0/20']",
      "data  us-central1   10.41.0.0/20",
    ]
    expect(readPasted(rows.join("\n")).fields.networkBlocks).toEqual([
      "10.40.0.0/20",
      "10.140.0.0/14",
      "10.144.0.0/20",
      "10.41.0.0/20",
    ])
  })
})

describe("readPasted of several outputs together", () => {
  const vpc = { Vpcs: [{ VpcId: "vpc-0a1b2c3d4e5f60718", CidrBlock: "10.32.0.0/16" }] }
  const caller = { UserId: "AIDAX", Account: "210987654321", Arn: "arn:aws:iam::210987654321:user/nadia" }

  test.each([
    [caller, vpc],
    [vpc, caller],
  ])("joins the caller's account and the VPC", (...outputs) => {
    const pasted = readPasted(outputs.map((one) => JSON.stringify(one, null, 4)).join("\n"))
    expect(pasted.fields.request).toEqual({
      vpcId: "vpc-0a1b2c3d4e5f60718",
      awsAccountId: "210987654321",
      routeTableCidrBlock: "10.32.0.0/16",
    })
    expect(listNotes(pasted)).toContain("Account read from the caller's identity")
  })

  test("joins a Google Cloud network and its subnets, and leaves out those of another network", () => {
    const text = [
      "$ gcloud compute networks describe main",
      `kind: compute#network\nname: main\nselfLink: ${network}`,
      "$ gcloud compute networks subnets list",
      `---\nipCidrRange: 10.40.0.0/20\nname: apps\nnetwork: ${network}`,
      `---\nipCidrRange: 10.50.0.0/20\nname: other\nnetwork: ${network}-2`,
    ].join("\n")
    expect(readPasted(text).fields).toEqual({
      request: { gcpProjectId: "shop-prod-1", networkName: "main" },
      newContainer: null,
      networkBlocks: ["10.40.0.0/20"],
    })
  })
})

test("readPasted says which VPC of a peering made the request and takes the other one", () => {
  const pasted = readPasted(
    "VPCPEERINGCONNECTIONS\tpcx-0a1b2c3d4e5f60718\nACCEPTERVPCINFO\t10.32.0.0/16\t210987654321\teu-west-1\tvpc-0a1b2c3d4e5f60718\n" +
      "CIDRBLOCKSET\t10.33.0.0/16\nREQUESTERVPCINFO\t10.8.0.0/21\t111122223333\tus-east-1\tvpc-99998888777766665",
  )
  expect(pasted.fields).toMatchObject({
    request: { vpcId: "vpc-0a1b2c3d4e5f60718", routeTableCidrBlock: "10.32.0.0/16" },
    networkBlocks: ["10.33.0.0/16"],
  })
  expect(listNotes(pasted)).toContain("vpc-99998888777766665 made the request")
})

describe("readPasted of text that looks like something else", () => {
  test("reads a curl command of Windows's cmd.exe", () => {
    const text = [
      "curl --digest ^",
      '  --data "{\\"providerName\\": \\"GCP\\", \\"networkName\\": \\"main\\"}" ^',
      "  https://cloud.mongodb.com/api/atlas/v1.0/groups/5356823b3794dee37132bb7b/peers",
    ].join("\r\n")
    expect(readPasted(text)).toMatchObject({ source: "curl", fields: { request: { networkName: "main" } } })
  })

  test("takes the project of gcloud config list", () => {
    const pasted = readPasted(
      "[compute]\nregion = europe-west1\n[core]\naccount = a@b.example\nproject = shop-prod-1\n",
    )
    expect(pasted).toMatchObject({
      source: "gcp-network",
      fields: { request: { gcpProjectId: "shop-prod-1" } },
    })
  })

  test("takes no row of a table that begins with atlas for a command", () => {
    const pasted = readPasted(
      "NAME   REGION       NETWORK  RANGE\natlas  us-central1  main     10.40.0.0/20\n",
    )
    expect(pasted).toMatchObject({ source: "gcp-network", fields: { request: { networkName: "main" } } })
  })

  test.each([
    [
      "arn:aws:sts::210987654321:assumed-role/admin/nadia",
      "Not a VPC's ARN (sts assumed-role): only its account is used.",
    ],
    [
      "arn:aws:ec2:eu-west-1:210987654321:subnet/subnet-1",
      "Not a VPC's ARN (ec2 subnet): only its account and region are used.",
    ],
    ["arn:aws:s3:::bucket/key", "Not a VPC's ARN (s3 bucket). It has no account."],
  ])("says which parts of %s are used", (arn, note) => {
    expect(listNotes(readPasted(arn))).toBe(note)
  })
})
