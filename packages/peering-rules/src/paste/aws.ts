import { gatherArn, noteAwsPeeringId } from "./arn.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { toText } from "#formats/unknown-json.ts"
import type { Pasted } from "./pasted.ts"
import { toList, toObject } from "#formats/unknown-json.ts"

/**
 * Reads `aws ec2 describe-vpcs`, one VPC of it, or `describe-vpc-peering-connections`; null when the value is anything
 * else.
 * @param region the one that the command above it named
 */
export function readPastedAws(value: unknown, region: string | null): Pasted | null {
  const answer = toObject(value)
  const peerings = toList(answer["VpcPeeringConnections"] ?? answer["VpcPeeringConnection"])
  if (peerings.length > 0) return readPeerings(peerings)
  if (answer["UserId"] !== undefined && answer["Arn"] !== undefined) return readIdentity(answer)
  if (Array.isArray(answer["Vpcs"]) && answer["Vpcs"].length === 0) return readNoVpc()
  const vpcs = toList(answer["Vpcs"] ?? answer["Vpc"] ?? value)
  const read = vpcs.map(toObject).filter((vpc) => toText(vpc["VpcId"]) !== null)
  const choices = read.slice(0, 500).map((vpc) => ({ title: toTitle(vpc), pasted: readVpc(vpc, region) }))
  if (choices.length > 1)
    return toChoices("aws-json", choices, `There are ${choices.length} VPCs here; choose one.`)
  return choices[0]?.pasted ?? null
}

function readNoVpc(): Pasted {
  const gathering = createGathering("aws-json")
  gathering.cloud("AWS")
  gathering.note("not-understood", "The list of VPCs is empty: it was asked of another region or account.")
  return gathering.toPasted()
}

/** `aws sts get-caller-identity`. */
function readIdentity(answer: Record<string, unknown>): Pasted {
  const gathering = createGathering("aws-json")
  gathering.cloud("AWS")
  gathering.put("awsAccountId", answer["Account"], "Account")
  gathering.note("good-to-know", "It is the account of whoever asked; the VPC may belong to another one.")
  return gathering.toPasted()
}

function toTitle(vpc: Record<string, unknown>): string {
  const name = toList(vpc["Tags"])
    .map(toObject)
    .find((tag) => tag["Key"] === "Name")?.["Value"]
  const parts = [
    vpc["VpcId"],
    toText(name),
    vpc["CidrBlock"],
    vpc["IsDefault"] === true ? "default VPC" : null,
  ]
  return toQuoted(parts.flatMap((part) => toText(part) ?? []).join(", "))
}

function readVpc(vpc: Record<string, unknown>, region: string | null): Pasted {
  const gathering = createGathering("aws-json")
  gathering.cloud("AWS")
  gathering.put("vpcId", vpc["VpcId"], "VpcId")
  gathering.put("awsAccountId", vpc["OwnerId"], "OwnerId")
  gathering.put("routeTableCidrBlock", vpc["CidrBlock"], "CidrBlock")
  gathering.put("accepterRegionName", vpc["Region"], "Region")
  for (const entry of Object.values(vpc)) {
    const text = toText(entry)
    if (text?.startsWith("arn:")) gatherArn(gathering, text)
  }
  gatherBlocks(gathering, vpc)
  if (vpc["IsDefault"] === true)
    gathering.note(
      "good-to-know",
      "It is the account's default VPC. Every default VPC has 172.31.0.0/16, so it may overlap with another one.",
      "routeTableCidrBlock",
    )
  if (gathering.value("accepterRegionName") === null) gatherRegion(gathering, region)
  return gathering.toPasted()
}

/** A VPC does not say where it lies; the command that listed it asked one region. */
function gatherRegion(gathering: Gathering, region: string | null): void {
  gathering.put("accepterRegionName", region, "The command above it")
  const taken = gathering.value("accepterRegionName")
  const says =
    taken === null
      ? "The region of the VPC is not in it."
      : `The region ${taken} is that of the command above it.`
  gathering.note("good-to-know", says, "accepterRegionName")
}

/** Blocks in these states the VPC does not have, or has no more. */
const goneStates: readonly unknown[] = ["disassociated", "failing", "failed"]

function gatherBlocks(gathering: Gathering, vpc: Record<string, unknown>): void {
  const further = toList(vpc["CidrBlockAssociationSet"])
    .map(toObject)
    .filter((one) => !goneStates.includes(toObject(one["CidrBlockState"])["State"]))
    .flatMap((one) => toText(one["CidrBlock"]) ?? [])
    .filter((block) => block !== vpc["CidrBlock"])
  gathering.putBlocks(further)
  if (further.length > 0)
    gathering.note(
      "good-to-know",
      `The VPC also has ${toQuoted(further.slice(0, 5).join(", "))}. A connection routes one block; ${toQuoted(toText(vpc["CidrBlock"]) ?? "the first")} was taken.`,
      "routeTableCidrBlock",
    )
  if (toList(vpc["Ipv6CidrBlockAssociationSet"]).length > 0)
    gathering.note("good-to-know", "Its IPv6 block was left out: Atlas peers over IPv4 only.")
}

/** In AWS's own list of peerings the accepter is your side, Atlas the requester. */
function readPeerings(peerings: readonly unknown[]): Pasted {
  const choices = peerings.slice(0, 500).map((one) => {
    const peering = toObject(one)
    const side = toObject(peering["AccepterVpcInfo"])
    const gathering = createGathering("aws-json")
    gathering.cloud("AWS")
    gathering.put("vpcId", side["VpcId"], "VpcId of the accepter")
    gathering.put("awsAccountId", side["OwnerId"], "OwnerId of the accepter")
    gathering.put("routeTableCidrBlock", side["CidrBlock"], "CidrBlock of the accepter")
    gathering.put("accepterRegionName", side["Region"], "Region of the accepter")
    gathering.putBlocks(toList(side["CidrBlockSet"]).map((block) => toObject(block)["CidrBlock"]))
    const id = toText(peering["VpcPeeringConnectionId"])
    if (id !== null) noteAwsPeeringId(gathering, id)
    return { title: toQuoted(id ?? "peering"), pasted: gathering.toPasted() }
  })
  if (choices.length === 1 && choices[0] !== undefined) return choices[0].pasted
  return toChoices("aws-json", choices, `There are ${choices.length} peerings here; choose one.`)
}
