import { findText, listTexts, type Facts } from "#formats/facts.ts"
import { groupBy } from "#formats/group-by.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"
import { toVpcRow } from "./aws-text.ts"
import { awsPeeringNote, putLink } from "./links.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import { fill, type JsonKind } from "./things.ts"

const aws = { source: "aws-json", cloud: "AWS" } as const
/** States of a block that the VPC does not have, or no longer has. */
const goneStates: readonly unknown[] = ["disassociated", "failing", "failed"]

/** Output of `aws`, in any of its forms. */
export const awsKinds: readonly JsonKind[] = [
  {
    // aws ec2 describe-vpc-peering-connections: the accepter is your side, Atlas is the requester.
    ...aws,
    several: "peerings here",
    find: (values) =>
      listThings(values, "VpcPeeringConnections", "VpcPeeringConnection")
        // A route to a peering has its id too.
        .filter((one) => "AccepterVpcInfo" in one || ("VpcPeeringConnectionId" in one && !isRoute(one)))
        .map((peering) => ({ ...peering, title: peering["VpcPeeringConnectionId"] ?? "peering" })),
    rules: [
      ["AccepterVpcInfo.VpcId", "vpcId", "VpcId of the accepter"],
      ["AccepterVpcInfo.OwnerId", "awsAccountId", "OwnerId of the accepter"],
      ["AccepterVpcInfo.CidrBlock", "routeTableCidrBlock", "CidrBlock of the accepter"],
      ["AccepterVpcInfo.Region", "accepterRegionName", "Region of the accepter"],
      ["AccepterVpcInfo.CidrBlockSet.CidrBlock", "networkBlocks"],
      "{RequesterVpcInfo.VpcId} made the request. For a connection of Atlas that is Atlas's own VPC, so nothing of it is used.",
      awsPeeringNote("VpcPeeringConnectionId"),
    ],
  },
  {
    // aws ec2 describe-vpcs or create-vpc, or one VPC of it, also together with aws sts get-caller-identity
    ...aws,
    several: "VPCs here",
    find: (values, region) =>
      listThings(values, "Vpcs", "Vpc")
        .filter(({ VpcId, SubnetId }) => toText(VpcId) !== null && toText(SubnetId) === null)
        .map((vpc) => ({ ...toVpc(vpc, region), caller: listCallers(values)[0]?.["Account"] })),
    rules: [
      ["VpcId", "vpcId"],
      ["OwnerId", "awsAccountId"],
      "{?caller}{!OwnerId}Account read from the caller's identity. Check that the VPC is in it.",
      fill("caller", "awsAccountId"),
      ["CidrBlock", "routeTableCidrBlock"],
      ["Region", "accepterRegionName"],
      putArns,
      ["blocks", "networkBlocks"],
      "The VPC also has {furtherList}. A connection routes one CIDR: {taken} is used.",
      "{?Ipv6CidrBlockAssociationSet.Ipv6CidrBlock}IPv6 CIDR skipped: Atlas peers over IPv4 only.",
      "{?default}Default VPC. Every default VPC uses 172.31.0.0/16, so it may overlap another one.",
      putCommandRegion,
    ],
  },
  {
    // aws ec2 describe-route-tables: a local route has a block of the VPC, any other one leads elsewhere.
    ...aws,
    several: "VPCs here",
    find: (values, region) => groupRouteTables(listThings(values, "RouteTables", "RouteTable"), region),
    rules: [
      ["VpcId", "vpcId"],
      ["OwnerId", "awsAccountId"],
      putLocalBlocks,
      ["local", "networkBlocks"],
      putCommandRegion,
    ],
  },
  {
    // aws ec2 describe-subnets: of its VPC it tells neither the block nor the other subnets.
    ...aws,
    several: "VPCs here",
    find: (values, region) => groupByVpc(listThings(values, "Subnets", "Subnet"), region),
    rules: [
      ["VpcId", "vpcId"],
      ["OwnerId", "awsAccountId"],
      ["zoneRegion", "accepterRegionName", "AvailabilityZone"],
      "Subnet CIDRs skipped: {blockList}. The VPC's CIDR isn't here; aws ec2 describe-vpcs prints it.",
      putCommandRegion,
    ],
  },
  {
    ...aws,
    find: (values) =>
      values.flatMap(toList).filter((value) => toList(toObject(value)["Vpcs"] ?? [null]).length === 0),
    rules: ["The list of VPCs is empty. Check the region and account."],
  },
  {
    // aws sts get-caller-identity
    ...aws,
    find: listCallers,
    rules: [["Account", "awsAccountId"], "This is the caller's account. The VPC may belong to another one."],
  },
]

type Thing = Readonly<Record<string, unknown>>

/** Lists the things below either name, in all outputs, or the output itself. */
function listThings(values: readonly unknown[], several: string, one: string): Thing[] {
  return values
    .flatMap(toList)
    .flatMap(toRows)
    .flatMap((value) => {
      const { [several]: all, [one]: single } = toObject(value)
      // `--query` without names prints a list of values.
      const things = toList(all ?? single ?? [value])
      return things.map((one) =>
        several === "Vpcs" && Array.isArray(one) ? (toVpcRow(one) ?? {}) : toObject(one),
      )
    })
}

/** Takes the lists of values out of the lists of pages that `--output=yaml-stream` prints. */
function toRows(value: unknown): readonly unknown[] {
  return Array.isArray(value) && Array.isArray(value[0]) ? (value as readonly unknown[]) : [value]
}

function listCallers(values: readonly unknown[]): Thing[] {
  return values
    .flatMap(toList)
    .map(toObject)
    .filter((value) => ["UserId", "Arn"].every((name) => name in value))
}

function isRoute(thing: Thing): boolean {
  return Object.keys(thing).some((name) => name.startsWith("Destination"))
}

function groupRouteTables(things: readonly Thing[], commandRegion: string | null): Thing[] {
  const tables = things.filter((one) => "Routes" in one && toText(one["VpcId"]) !== null)
  return [...groupBy(tables, ({ VpcId }) => VpcId)].map(([VpcId, own]) => {
    const routes = own.flatMap(({ Routes }) => toList(Routes).flatMap(toList)).map(toObject)
    const isLocal = (one: Thing) => one["GatewayId"] === "local"
    const local = routes
      .filter(isLocal)
      .flatMap((one) => toText(one["DestinationCidrBlock"] ?? one["CidrBlock"]) ?? [])
    const blocks = [...new Set(local)]
    return { VpcId, OwnerId: own[0]?.["OwnerId"], local: blocks, title: [VpcId, blocks[0]], commandRegion }
  })
}

/** Local routes don't say which of a VPC's blocks is its first. */
function putLocalBlocks(builder: PastedBuilder, vpc: Facts): void {
  const [only, ...others] = listTexts(vpc, "local")
  if (others.length === 0) return builder.put("routeTableCidrBlock", only, "The local route")
  builder.leaveOpen(
    "routeTableCidrBlock",
    listTexts(vpc, "local").map((value) => ({ value, where: `Local route to ${value}` })),
  )
}

function groupByVpc(things: readonly Thing[], commandRegion: string | null): Thing[] {
  const subnets = things.filter(({ SubnetId, VpcId }) => toText(SubnetId) !== null && toText(VpcId) !== null)
  return [...groupBy(subnets, ({ VpcId }) => VpcId)].map(([VpcId, own]) => {
    const zone = toText(own[0]?.["AvailabilityZone"])
    return {
      VpcId,
      OwnerId: own[0]?.["OwnerId"],
      zoneRegion: zone?.replace(/(\d)[a-z]$/, "$1"),
      blockList: own
        .slice(0, 5)
        .flatMap(({ CidrBlock }) => toText(CidrBlock) ?? [])
        .join(", "),
      title: VpcId,
      commandRegion,
    }
  })
}

function toVpc(vpc: Thing, commandRegion: string | null): Thing {
  const name = toList(vpc["Tags"])
    .map(toObject)
    .find((tag) => tag["Key"] === "Name")?.["Value"]
  const further = toList(vpc["CidrBlockAssociationSet"])
    .map(toObject)
    .filter(({ CidrBlockState }) => !goneStates.includes(toObject(CidrBlockState)["State"]))
    .flatMap(({ CidrBlock }) => (CidrBlock === vpc["CidrBlock"] ? [] : (toText(CidrBlock) ?? [])))
  const isWhole = toList(vpc["CidrBlockAssociationSet"]).length > 0
  // YAML and tables have it as text.
  const isDefault = /^true$/i.test(String(vpc["IsDefault"])) ? "default VPC" : null
  return {
    ...vpc,
    title: [vpc["VpcId"], name, vpc["CidrBlock"], isDefault],
    default: isDefault,
    blocks: further.length > 0 || !isWhole ? further : vpc["CidrBlock"],
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
