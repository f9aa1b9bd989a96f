import { findText, type Facts } from "#formats/facts.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { awsPeeringNote, putLink } from "./links.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import type { JsonKind } from "./things.ts"

const aws = { source: "aws-json", cloud: "AWS" } as const
/** States of a block that the VPC does not have, or no longer has. */
const goneStates: readonly unknown[] = ["disassociated", "failing", "failed"]

/** Output of `aws`, as JSON. */
export const awsKinds: readonly JsonKind[] = [
  {
    // aws ec2 describe-vpc-peering-connections: the accepter is your side, Atlas is the requester.
    ...aws,
    several: "peerings here",
    find: ([value]) => {
      const { VpcPeeringConnections: all, VpcPeeringConnection: one } = toObject(value)
      const peerings = toList(all ?? one).map(toObject)
      return peerings.map((peering) => ({
        ...peering,
        title: peering["VpcPeeringConnectionId"] ?? "peering",
      }))
    },
    rules: [
      ["AccepterVpcInfo.VpcId", "vpcId", "VpcId of the accepter"],
      ["AccepterVpcInfo.OwnerId", "awsAccountId", "OwnerId of the accepter"],
      ["AccepterVpcInfo.CidrBlock", "routeTableCidrBlock", "CidrBlock of the accepter"],
      ["AccepterVpcInfo.Region", "accepterRegionName", "Region of the accepter"],
      ["AccepterVpcInfo.CidrBlockSet.CidrBlock", "networkBlocks"],
      awsPeeringNote("VpcPeeringConnectionId"),
    ],
  },
  {
    // aws sts get-caller-identity
    ...aws,
    find: ([value]) => (["UserId", "Arn"].every((name) => name in toObject(value)) ? [value] : []),
    rules: [["Account", "awsAccountId"], "This is the caller's account. The VPC may belong to another one."],
  },
  {
    ...aws,
    find: ([value]) => (toList(toObject(value)["Vpcs"] ?? [null]).length === 0 ? [value] : []),
    rules: ["The list of VPCs is empty. Check the region and account."],
  },
  {
    // aws ec2 describe-vpcs or create-vpc, or one VPC of it
    ...aws,
    several: "VPCs here",
    find: ([value], region) => {
      const { Vpcs: all, Vpc: one } = toObject(value)
      const vpcs = toList(all ?? one ?? value).map(toObject)
      return vpcs.filter(({ VpcId }) => toText(VpcId) !== null).map((vpc) => toVpc(vpc, region))
    },
    rules: [
      ["VpcId", "vpcId"],
      ["OwnerId", "awsAccountId"],
      ["CidrBlock", "routeTableCidrBlock"],
      ["Region", "accepterRegionName"],
      putArns,
      ["further", "networkBlocks"],
      "The VPC also has {furtherList}. A connection routes one CIDR: {taken} is used.",
      "{?Ipv6CidrBlockAssociationSet.Ipv6CidrBlock}IPv6 CIDR skipped: Atlas peers over IPv4 only.",
      "{?default}Default VPC. Every default VPC uses 172.31.0.0/16, so it may overlap another one.",
      putCommandRegion,
    ],
  },
]

function toVpc(vpc: Readonly<Record<string, unknown>>, commandRegion: string | null): unknown {
  const name = toList(vpc["Tags"])
    .map(toObject)
    .find((tag) => tag["Key"] === "Name")?.["Value"]
  const further = toList(vpc["CidrBlockAssociationSet"])
    .map(toObject)
    .filter(({ CidrBlockState }) => !goneStates.includes(toObject(CidrBlockState)["State"]))
    .flatMap(({ CidrBlock }) => (CidrBlock === vpc["CidrBlock"] ? [] : (toText(CidrBlock) ?? [])))
  const isDefault = vpc["IsDefault"] === true ? "default VPC" : null
  return {
    ...vpc,
    title: [vpc["VpcId"], name, vpc["CidrBlock"], isDefault],
    default: isDefault,
    further,
    furtherList: further.slice(0, 5).join(", "),
    taken: vpc["CidrBlock"] ?? "the first",
    commandRegion,
  }
}

function putArns(builder: PastedBuilder, vpc: Facts): void {
  for (const [path, [value]] of vpc)
    if (!path.includes(".") && toText(value)?.startsWith("arn:")) putLink(builder, "aws-arn", String(value))
}

/** A VPC does not name its region; the command that listed it asked one region. */
function putCommandRegion(builder: PastedBuilder, vpc: Facts): void {
  if (builder.get("accepterRegionName") !== null) return
  builder.put("accepterRegionName", findText(vpc, "commandRegion"), "The command above it")
  const taken = builder.get("accepterRegionName")
  if (taken === null) builder.note("No VPC region found.")
  else builder.note(`Region ${taken} read from the command.`)
}
