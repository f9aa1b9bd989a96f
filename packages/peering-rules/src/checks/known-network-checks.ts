import {
  networkFields,
  readStatus,
  readVpcRegionId,
  type AtlasPeer,
  type Check,
} from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { readCidrRange } from "#addresses/cidr-range.ts"
import { isWithinSpan } from "#addresses/container-size.ts"
import { listNetworkPeerings, type NetworkPeering } from "#draft/network-peerings.ts"
import {
  readAtlasSide,
  readNetworkBlocks,
  readValue,
  toKnownBlocks,
  type DraftReading,
} from "#draft/parse-draft.ts"
import { toCount } from "#formats/phrases.ts"
import { createCheck } from "./check.ts"

/** Statuses that a connection only reaches once the cloud found the network by its account and region, or its directory. */
const provenStatuses = {
  AWS: ["AVAILABLE", "PENDING_ACCEPTANCE", "FINALIZING"],
  AZURE: ["AVAILABLE"],
  GCP: [],
} as const satisfies Record<AtlasPeer["providerName"], readonly string[]>

/** Values of which a network has only one. */
const facts = {
  awsAccountId: { noun: "account", verb: "belongs to account" },
  accepterRegionName: { noun: "region", verb: "is in" },
  azureDirectoryId: { noun: "directory", verb: "belongs to directory" },
} as const
type FactName = keyof typeof facts

const factsOf: Readonly<Record<AtlasPeer["providerName"], readonly FactName[]>> = {
  AWS: ["awsAccountId", "accepterRegionName"],
  AZURE: ["azureDirectoryId"],
  GCP: [],
}

function isProven({ peer }: NetworkPeering): boolean {
  const proven: readonly string[] = provenStatuses[peer.providerName]
  return proven.includes(readStatus(peer) ?? "")
}

function readFact({ peer, container }: NetworkPeering, name: FactName): string | null {
  if (peer.providerName === "AWS" && name === "accepterRegionName") return readVpcRegionId(peer, container)
  const value: unknown = Reflect.get(peer, name)
  return typeof value === "string" ? value : null
}

interface Contradiction {
  field: FactName
  known: string
  isCertain: boolean
  by: NetworkPeering
}

/** Lists the values of the draft that differ from all connections of the same network. A failed one may have failed for a wrong value. */
export function listContradictions(reading: DraftReading): Contradiction[] {
  const others = listNetworkPeerings(reading).filter(({ peer }) => readStatus(peer) !== "FAILED")
  return factsOf[reading.draft.providerName].flatMap((field): Contradiction[] => {
    const value = readValue(reading, field)?.toLowerCase()
    const known = others.flatMap((by) => {
      const one = readFact(by, field)
      return one === null ? [] : [{ field, known: one, isCertain: isProven(by), by }]
    })
    const isSame = (one: Contradiction) => one.known.toLowerCase() === value
    const certain = known.filter(({ isCertain }) => isCertain)
    const counting = certain.length > 0 ? certain : known
    const [first] = counting
    return value === undefined || first === undefined || counting.some(isSame) ? [] : [first]
  })
}

/** Compares account, region and directory with what other connections say of the same network, in every project of the snapshot. */
export function checkKnownNetwork(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const { here, otherProjects } = reading.snapshot
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const basedOn = `connections in ${toCount(1 + otherProjects.length, "project")} you can see`
  const found = listContradictions(reading).map(({ field, known, isCertain, by }) => {
    const peering = { projectId: by.of.project.id, peeringId: by.peer.id }
    const check = createCheck("known-network", { field, basedOn, peering })
    const { noun, verb } = facts[field]
    const [project, value] = [by.of.project.name, readValue(reading, field) ?? ""]
    return isCertain
      ? check.red(null, `${name} ${verb} ${known} (connection in ${project}), not ${value}`)
      : check.amber(
          `A connection in ${project} has ${noun} ${known} for ${name}, not ${value}. Check which is right`,
        )
  })
  const fields = factsOf[providerName]
  const [proof] = listNetworkPeerings(reading).filter(isProven)
  if (found.length > 0 || proof === undefined) return found
  if (!fields.every((field) => readValue(reading, field) !== null && readFact(proof, field) !== null))
    return []
  const same = fields.map((field) => facts[field].noun).join(" and ")
  const where = proof.of === here ? "in its other connection" : `as in ${proof.of.project.name}`
  return [createCheck("known-network", { basedOn }).green(`${name} has the same ${same} ${where}`)]
}

/**
 * Compares the CIDRs that other connections have for the same VPC with the container's: AWS joins no two VPCs with any overlap. Such a
 * CIDR is what somebody gave Atlas, so it only warns where no VPC can have it, or where the known CIDRs of the VPC leave it out.
 */
export function checkInventoryBlocks(reading: DraftReading): Check[] {
  const atlasSide = readAtlasSide(reading)
  if (reading.draft.providerName !== "AWS" || atlasSide === null) return []
  const own = toKnownBlocks(reading)
  const met = listNetworkPeerings(reading).flatMap((one) => {
    const block = one.peer.providerName === "AWS" ? (one.peer.routeTableCidrBlock ?? "") : ""
    const isNew = isOverlapping(block, atlasSide) && !own.some((known) => isInside(block, known))
    return isProven(one) && isNew ? [{ ...one, block }] : []
  })
  const seen = new Set<string>()
  return met.flatMap(({ block, of, peer }) => {
    if (seen.has(block)) return []
    seen.add(block)
    const about = {
      field: "routeTableCidrBlock",
      basedOn: `connections in ${of.project.name}`,
      peering: { projectId: of.project.id, peeringId: peer.id },
    }
    const check = createCheck("overlap-with-container", about)
    const vpcId = readValue(reading, "vpcId") ?? ""
    const overlap = `${block} of ${vpcId} (connection in ${of.project.name}) overlaps the container's ${atlasSide}`
    return isWithinSpan(block, vpcPrefixes) && !readNetworkBlocks(reading).isKnown
      ? check.red(null, `${overlap}. AWS can't peer overlapping networks`)
      : check.amber(`${overlap}. If the VPC still has it, AWS can't peer the two`)
  })
}

function isInside(inner: string, outer: string): boolean {
  const [one, other] = [readCidrRange(inner), readCidrRange(outer)]
  return one !== null && other !== null && other.first <= one.first && one.last <= other.last
}
