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
    const { fields, open } = readPasted(text)
    expect(fields.request).toMatchObject({ vpcId, routeTableCidrBlock: "10.32.0.0/16" })
    expect(fields.request).not.toHaveProperty("accepterRegionName")
    expect(open).toBeUndefined()
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

  test("follows the words after a block", () => {
    const pasted = readPasted(`10.8.0.0/21 is Atlas, 10.32.0.0/16 is the VPC ${vpcId}`)
    expect(pasted.fields.request).toEqual({ vpcId, routeTableCidrBlock: "10.32.0.0/16" })
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
})
