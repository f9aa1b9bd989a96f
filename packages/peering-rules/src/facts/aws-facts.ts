import type { CloudPeering, NetworkFacts } from "@peering-desk/shared-schemas"
import { groupBy } from "#formats/group-by.ts"
import { toObject } from "#formats/unknown-json.ts"
import { toAcl, toGroup, toRouteTable } from "./aws-rules.ts"
import type { FactsReader, Output } from "./output.ts"
import { isOn, toFacts, toObjects, toWord, toWords } from "./words.ts"

type Thing = Record<string, unknown>

const kinds = [
  "Vpcs",
  "Subnets",
  "RouteTables",
  "VpcPeeringConnections",
  "NetworkAcls",
  "SecurityGroups",
] as const
type Kind = (typeof kinds)[number]

/** Aspects that a participant of a shared VPC sees whole. Of its lists AWS shows a part. */
const wholeInShared = ["account", "network", "name", "region", "addresses", "dns"]

/** Reads what `aws ec2 describe-…` prints: one network for each VPC that the outputs name. */
export const readAwsFacts: FactsReader = ({ outputs, asked, isLookUp, region, at, by }) => {
  const things = new Map(kinds.map((kind) => [kind, listThings(outputs, kind)]))
  const prefixLists = readPrefixLists(outputs)
  const toVpc = (thing: Thing) => toWord(thing["VpcId"])
  const byVpc = new Map(
    kinds
      .filter((kind) => kind !== "VpcPeeringConnections")
      .map((kind) => [kind, groupBy(things.get(kind) ?? [], toVpc)] as const),
  )
  const peerings = groupPeerings(things.get("VpcPeeringConnections") ?? [])
  const attributes = groupBy(outputs.map(({ value }) => toObject(value)).filter(isAttribute), toVpc)
  const named = new Set([...byVpc.values(), attributes].flatMap((group) => [...group.keys()]))
  // Atlas makes the request, so of a peering alone the accepter's VPC is the own one.
  if (named.size === 0)
    for (const one of things.get("VpcPeeringConnections") ?? [])
      named.add(toVpc(toObject(one["AccepterVpcInfo"])))
  const wanted = asked["vpcId"]
  const caller = toWord(toObject(outputs.find(({ name }) => name === "caller")?.value)["Account"])
  return [...named]
    .filter((vpc) => vpc !== "" && (wanted === undefined || vpc === wanted))
    .map((vpc) => {
      const list = (kind: Kind): Thing[] | undefined => {
        const own = kind === "VpcPeeringConnections" ? peerings.get(vpc) : byVpc.get(kind)?.get(vpc)
        return own ?? (isLookUp && things.get(kind) !== undefined ? [] : undefined)
      }
      const listKnown = (...some: Kind[]) => some.flatMap((kind) => list(kind) ?? [])
      const [described] = listKnown("Vpcs")
      const ends = listKnown("VpcPeeringConnections").map((one) => toSides(one, vpc).own)
      // A security group may belong to another account than its VPC, which is shared then.
      const all = [described, ...listKnown("RouteTables", "Subnets", "NetworkAcls"), ...ends]
      const ranges = [described, ...ends].map((one) => toRanges(one ?? {})).find((one) => one.length > 0)
      const account = toWord(all.map((one) => one?.["OwnerId"]).find((id) => id !== undefined))
      const facts = toFacts(
        "AWS",
        {
          account,
          network: vpc,
          name: toWord(toObjects(described?.["Tags"]).find((tag) => tag["Key"] === "Name")?.["Value"]),
          region: region ?? findRegion([...listKnown("Subnets", "SecurityGroups"), ...ends]),
          addresses: ranges,
          dns: toDns(attributes.get(vpc) ?? []),
          subnets: list("Subnets")?.map((one) => ({
            id: toWord(one["SubnetId"]),
            cidrs: toWords(one["CidrBlock"]),
          })),
          routeTables: list("RouteTables")?.map((one) => toRouteTable(one, prefixLists)),
          firewalls: list("SecurityGroups")?.map((one) => toGroup(one, prefixLists)),
          networkAcls: list("NetworkAcls")?.map(toAcl),
          peerings: list("VpcPeeringConnections")?.map((one) => toPeering(one, vpc)),
        },
        { at, by },
      )
      const isShared = account !== "" && caller !== "" && account !== caller
      return isShared ? leaveShared(facts) : facts
    })
}

function leaveShared({ providerName, ...facts }: NetworkFacts): NetworkFacts {
  const whole = Object.entries(facts).filter(([name]) => wholeInShared.includes(name))
  return { providerName, ...Object.fromEntries(whole) }
}

/** Reads answers of EC2 in one region to facts of each VPC that they name, as a look-up's. `by` is the role that asked. */
export function readAwsAnswers(
  outputs: readonly Output[],
  { region, at, by }: { region: string; at: string; by: string },
): NetworkFacts[] {
  return readAwsFacts({ outputs, asked: {}, isLookUp: true, region, at, by })
}

/** Lists the things of a kind in all outputs; undefined when it wasn't read, or not to its end. */
function listThings(outputs: readonly Output[], kind: Kind): Thing[] | undefined {
  const found = outputs.map(({ value }) => toObject(value)).filter((value) => Array.isArray(value[kind]))
  const isPart = found.some((value) => value["NextToken"] != null)
  const isRefused =
    kind === "VpcPeeringConnections" &&
    outputs.some(({ name, value }) => value === null && name?.startsWith("peerings") === true)
  return found.length === 0 || isPart || isRefused
    ? undefined
    : found.flatMap((value) => toObjects(value[kind]))
}

/** Maps each prefix list to its CIDRs. */
function readPrefixLists(outputs: readonly Output[]): ReadonlyMap<string, string[]> {
  return new Map(
    outputs.flatMap(({ name, value }) => {
      const id = /^prefix-list:(pl-[0-9a-f]+)$/.exec(name ?? "")?.[1]
      const entries = toObject(value)["Entries"]
      if (id === undefined || !Array.isArray(entries)) return []
      return [[id, toObjects(entries).flatMap((entry) => toWords(entry["Cidr"]))] as const]
    }),
  )
}

/** Lists the peerings of each VPC at either end, each peering once. */
function groupPeerings(peerings: readonly Thing[]): Map<string, Thing[]> {
  const single = new Map(peerings.map((one) => [toWord(one["VpcPeeringConnectionId"]), one]))
  const ends = [...single.values()].flatMap((one) => {
    const vpcs = ["AccepterVpcInfo", "RequesterVpcInfo"].map((end) => toWord(toObject(one[end])["VpcId"]))
    return [...new Set(vpcs)].map((vpc) => ({ vpc, one }))
  })
  return new Map([...groupBy(ends, ({ vpc }) => vpc)].map(([vpc, list]) => [vpc, list.map(({ one }) => one)]))
}

function toSides(peering: Thing, vpc: string): { own: Thing; other: Thing } {
  const [accepter, requester] = [toObject(peering["AccepterVpcInfo"]), toObject(peering["RequesterVpcInfo"])]
  return toWord(accepter["VpcId"]) === vpc
    ? { own: accepter, other: requester }
    : { own: requester, other: accepter }
}

function toPeering(peering: Thing, vpc: string): CloudPeering {
  const { other } = toSides(peering, vpc)
  const status = toObject(peering["Status"])
  const ranges = toRanges(other)
  return {
    id: toWord(peering["VpcPeeringConnectionId"]),
    state: toWord(status["Code"]),
    message: toWord(status["Message"]) || null,
    network: toWord(other["VpcId"]),
    account: toWord(other["OwnerId"]) || null,
    ranges: ranges.length === 0 ? null : ranges,
  }
}

/** Lists the IPv4 CIDRs of a VPC, or of an end of a peering; blocks that are taken away don't count. */
function toRanges(vpc: Thing): string[] {
  const blocks = toObjects(vpc["CidrBlockAssociationSet"] ?? vpc["CidrBlockSet"]).filter((block) =>
    ["", "associated", "associating"].includes(toWord(toObject(block["CidrBlockState"])["State"])),
  )
  return blocks.length > 0
    ? blocks.flatMap((block) => toWords(block["CidrBlock"]))
    : toWords(vpc["CidrBlock"])
}

function findRegion(things: readonly Thing[]): string | undefined {
  const texts = things.flatMap((one) => [one["SubnetArn"], one["SecurityGroupArn"]].map(toWord))
  const ofArn = texts
    .map((text) => /^arn:[^:]*:ec2:([a-z0-9-]+):/.exec(text)?.[1])
    .find((one) => one !== undefined)
  return ofArn ?? things.map((one) => toWord(one["Region"])).find((one) => one !== "")
}

function isAttribute(value: Thing): boolean {
  return value["EnableDnsSupport"] !== undefined || value["EnableDnsHostnames"] !== undefined
}

function toDns(answers: readonly Thing[]): { support: boolean; hostnames: boolean } | undefined {
  const [support, hostnames] = ["EnableDnsSupport", "EnableDnsHostnames"].map((name) =>
    answers.map((one) => one[name]).find((one) => one !== undefined),
  )
  if (support === undefined || hostnames === undefined) return undefined
  return { support: isOn(toObject(support)["Value"]), hostnames: isOn(toObject(hostnames)["Value"]) }
}
