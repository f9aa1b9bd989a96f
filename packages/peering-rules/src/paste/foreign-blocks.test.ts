import { describe, expect, test } from "vitest"
import { listNotes } from "#test/pasted.ts"
import { readPasted } from "./read-pasted.ts"

const vpcId = "vpc-0a1b2c3d4e5f60718"

describe("readPasted of blocks that are not the VPC's", () => {
  test.each([
    `Atlas block is 10.8.0.0/21 in eu-west-1. Please peer with our VPC ${vpcId} (10.32.0.0/16)`,
    `${vpcId}\natlas_cidr_block: 10.8.0.0/21\nroute_table_cidr_block: 10.32.0.0/16\n`,
    `{"AtlasCidrBlock": "10.8.0.0/21", "VpcId_": "${vpcId}",\n"RouteTableCidrBlock": "10.32.0.0/16"}`,
    `atlasCidrBlock: 10.8.0.0/21\nvpc: ${vpcId}\ncidr: 10.32.0.0/16`,
    `Atlas VPC CIDR: 10.8.0.0/21\nVPC: ${vpcId}\nVPC CIDR: 10.32.0.0/16`,
    `RequesterVpcInfo 10.8.0.0/21\nAccepterVpcInfo ${vpcId} 10.32.0.0/16`,
    `${vpcId}, subnet 10.32.1.0/24, VPC 10.32.0.0/16`,
  ])("leaves out Atlas's and subnets' blocks: %s", (text) => {
    const { fields, open = [] } = readPasted(text)
    expect(fields.request).toMatchObject({ vpcId })
    expect(fields.request).not.toHaveProperty("accepterRegionName")
    const offered = open.flatMap(({ candidates }) => candidates.map(({ value }) => value))
    expect([fields.request.routeTableCidrBlock ?? [], offered].flat()).toEqual(["10.32.0.0/16"])
  })

  test.each([
    [`On-prem is 10.100.0.0/16. VPC is ${vpcId}.`, "10.100.0.0/16"],
    [`destination 10.8.0.0/21 via pcx-0c0ffee0c0ffee001 in ${vpcId}`, "10.8.0.0/21"],
    [`from ${vpcId} failed, route 10.8.0.0/21 missing`, "10.8.0.0/21"],
    [`{"SecurityGroups": [{"VpcId": "${vpcId}",\n"IpRanges": [{"CidrIp": "10.8.0.0/21"}]}]}`, "10.8.0.0/21"],
  ])("asks if a block that no word gives to the VPC is its block: %s", (text, block) => {
    const { fields, open = [] } = readPasted(text)
    expect(fields.request).toEqual({ vpcId })
    expect(open.map(({ field, candidates }) => [field, candidates.map(({ value }) => value)])).toEqual([
      ["routeTableCidrBlock", [block]],
    ])
  })

  test("leaves out a block that the words after it give to Atlas", () => {
    const { fields, open = [] } = readPasted(`10.8.0.0/21 is Atlas, 10.32.0.0/16 is the VPC ${vpcId}`)
    expect(fields.request).toEqual({ vpcId })
    expect(open.map(({ candidates }) => candidates.map(({ value }) => value))).toEqual([["10.32.0.0/16"]])
  })

  test("names Atlas's and subnets' blocks that it left out", () => {
    const pasted = readPasted(`Atlas CIDR 10.8.0.0/21, subnet 10.32.1.0/24 of ${vpcId}`)
    expect(pasted.fields.request).toEqual({ vpcId })
    expect(listNotes(pasted)).toBe(
      "Left out as Atlas's: 10.8.0.0/21.\nLeft out as not the whole VPC's: 10.32.1.0/24.",
    )
  })

  test("fills in none of several blocks or regions and offers each with its place in the text", () => {
    const pasted = readPasted(`${vpcId} has 10.32.0.0/16\nand 10.33.0.0/16, in eu-west-1\nor us-east-1`)
    expect(pasted.fields.request).toEqual({ vpcId })
    expect(pasted.open).toEqual([
      {
        field: "accepterRegionName",
        candidates: [
          { value: "eu-west-1", where: "Line 2: and 10.33.0.0/16, in eu-west-1" },
          { value: "us-east-1", where: "Line 3: or us-east-1" },
        ],
      },
      {
        field: "routeTableCidrBlock",
        candidates: [
          { value: "10.32.0.0/16", where: `Line 1: ${vpcId} has 10.32.0.0/16` },
          { value: "10.33.0.0/16", where: "Line 2: and 10.33.0.0/16, in eu-west-1" },
        ],
      },
    ])
  })

  test.each([
    `VPC ${vpcId}. Platform team, phone 491711234567`,
    `Invoice 884201937455 was paid. Now: VPC ${vpcId}`,
    `peer ${vpcId} with 10.8.0.0/21 please (mongo)`,
    `${vpcId} <-> 10.8.0.0/21`,
    `${vpcId} uses 10.8.0.0/21 for atlas`,
    `cluster runs in eu-west-1, VPC ${vpcId}`,
  ])("fills in nothing but the VPC from running text: %s", (text) => {
    expect(readPasted(text).fields.request).toEqual({ vpcId })
  })

  test("fills in labelled values, also from a table or with the value on the next line", () => {
    const request = { vpcId, awsAccountId: "210987654321", routeTableCidrBlock: "10.32.0.0/16" }
    for (const text of [
      `VPC: ${vpcId}\nOwner ID: 210987654321\nVPC CIDR: 10.32.0.0/16`,
      `| VPC | ${vpcId} |\n| AWS account | 210987654321 |\n| CIDR | 10.32.0.0/16 |`,
      `VPC ID\n${vpcId}\nIPv4 CIDR\n10.32.0.0/16\nOwner ID\n210987654321`,
    ])
      expect(readPasted(text).fields.request).toEqual(request)
  })
})
