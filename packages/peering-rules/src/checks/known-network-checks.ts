import {
  networkFields,
  readStatus,
  readVpcRegionId,
  type AtlasPeer,
  type Check,
} from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { isWithin } from "#addresses/cidr-range.ts"
import { isWithinSpan } from "#addresses/container-size.ts"
import { listNetworkPeerings, type NetworkPeering } from "#draft/network-peerings.ts"
import {
  readAtlasSide,
  readNetwork,
  readNetworkBlocks,
  readValue,
  toKnownBlocks,
  type DraftReading,
} from "#draft/parse-draft.ts"
import { capitalize, toCount } from "#formats/phrases.ts"
import { createCheck, toBasedOnLookUp } from "./check.ts"

/** Statuses that a connection only reaches once the cloud found the network by its account and region, or its directory. */
const provenStatuses = {
  AWS: ["AVAILABLE", "PENDING_ACCEPTANCE", "FINALIZING"],
  AZURE: ["AVAILABLE"],
  GCP: ["AVAILABLE"],
} as const satisfies Record<AtlasPeer["providerName"], readonly string[]>

/** Values of which a network has only one, and the aspect of a look-up that has it. */
const values = {
  awsAccountId: { noun: "account", verb: "belongs to account", fact: "account" },
  accepterRegionName: { noun: "region", verb: "is in", fact: "region" },
  azureDirectoryId: { noun: "directory", verb: "belongs to directory", fact: "directory" },
} as const
type ValueName = keyof typeof values

const valuesOf: Readonly<Record<AtlasPeer["providerName"], readonly ValueName[]>> = {
  AWS: ["awsAccountId", "accepterRegionName"],
  AZURE: ["azureDirectoryId"],
  GCP: [],
}

function isProven({ peer }: NetworkPeering): boolean {
  const proven: readonly string[] = provenStatuses[peer.providerName]
  return proven.includes(readStatus(peer) ?? "")
}

function readListed({ peer, container }: NetworkPeering, name: ValueName): string | null {
  if (peer.providerName === "AWS" && name === "accepterRegionName") return readVpcRegionId(peer, container)
  const value: unknown = Reflect.get(peer, name)
  return typeof value === "string" ? value : null
}

interface Contradiction {
  field: ValueName
  known: string
  isCertain: boolean
  /** The connection or look-up that shows it, in words. */
  source: string
  basedOn?: string
  peering?: { projectId: string; peeringId: string }
}

/** Lists the values of the draft that differ from a look-up, or else from all connections, of the same network. */
export function listContradictions(reading: DraftReading): Contradiction[] {
  return valuesOf[reading.draft.providerName].flatMap((field): Contradiction[] => {
    const value = readValue(reading, field)?.toLowerCase()
    if (value === undefined) return []
    const looked = reading.known?.[values[field].fact]
    if (looked === undefined) return listListedContradictions(reading, field, value)
    if (looked.value.toLowerCase() === value) return []
    const basedOn = toBasedOnLookUp(looked)
    return [{ field, known: looked.value, isCertain: true, source: basedOn, basedOn }]
  })
}

/** A failed connection may have failed for a wrong value. */
function listListedContradictions(reading: DraftReading, field: ValueName, value: string): Contradiction[] {
  const others = listNetworkPeerings(reading).filter(({ peer }) => readStatus(peer) !== "FAILED")
  const known = others.flatMap((by): Contradiction[] => {
    const one = readListed(by, field)
    const peering = { projectId: by.of.project.id, peeringId: by.peer.id }
    const source = `connection in ${by.of.project.name}`
    return one === null ? [] : [{ field, known: one, isCertain: isProven(by), source, peering }]
  })
  const certain = known.filter(({ isCertain }) => isCertain)
  const counting = certain.length > 0 ? certain : known
  const [first] = counting
  const isSame = (one: Contradiction) => one.known.toLowerCase() === value
  return first === undefined || counting.some(isSame) ? [] : [first]
}

/** Compares account, region and directory with what a look-up, or other connections in every project of the snapshot, show of the network. */
export function checkKnownNetwork(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const { here, otherProjects } = reading.snapshot
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const inProjects = `connections in ${toCount(1 + otherProjects.length, "project")} you can see`
  const found = listContradictions(reading).map(({ field, known, isCertain, source, peering, basedOn }) => {
    const about = { field, basedOn: basedOn ?? inProjects, ...(peering && { peering }) }
    const check = createCheck("known-network", about)
    const { noun, verb } = values[field]
    const value = readValue(reading, field) ?? ""
    return isCertain
      ? check.red(null, `${name} ${verb} ${known} (${source}), not ${value}`)
      : check.amber(`A ${source} has ${noun} ${known} for ${name}, not ${value}. Check which is right`)
  })
  if (found.length > 0 || readNetwork(reading) === null) return found
  const fields = valuesOf[providerName]
  if (!fields.every((field) => readValue(reading, field) !== null)) return []
  const same = fields.map((field) => values[field].noun).join(" and ")
  const looked = reading.known?.network
  if (looked !== undefined && fields.every((field) => reading.known?.[values[field].fact] !== undefined)) {
    const check = createCheck("known-network", { basedOn: toBasedOnLookUp(looked) })
    return [check.green(same === "" ? `${name} exists` : `${name} has this ${same}`)]
  }
  const check = createCheck("known-network", { field: networkFields[providerName], basedOn: inProjects })
  const [proof] = listNetworkPeerings(reading).filter(isProven)
  if (proof !== undefined && fields.every((field) => readListed(proof, field) !== null)) {
    const where = proof.of === here ? "in its other connection" : `as in ${proof.of.project.name}`
    const says = same === "" ? `${name} has a working connection` : `${name} has the same ${same} ${where}`
    return [{ ...check.green(says), field: null }]
  }
  const what = same === "" ? `Existence of ${name}` : `${capitalize(same)} of ${name}`
  const age = reading.staleAt === null ? "" : `: the look-up of ${reading.staleAt.slice(0, 10)} is too old`
  return [check.unchecked(`${what} not checked${age}`)]
}

/**
 * Compares the CIDRs that other connections have for the same VPC with the container's: AWS joins no two VPCs with any overlap. Such a
 * CIDR is what somebody gave Atlas, so it only warns where no VPC can have it, or where the known CIDRs of the VPC leave it out.
 */
export function checkInventoryBlocks(reading: DraftReading): Check[] {
  const atlasSide = readAtlasSide(reading)
  if (reading.draft.providerName !== "AWS" || atlasSide === null) return []
  const own = toKnownBlocks(reading)
  const overlapping = listNetworkPeerings(reading).flatMap((one) => {
    const block = one.peer.providerName === "AWS" ? (one.peer.routeTableCidrBlock ?? "") : ""
    const isNew = isOverlapping(block, atlasSide) && !own.some((known) => isWithin(block, known))
    return isProven(one) && isNew ? [{ ...one, block }] : []
  })
  const seen = new Set<string>()
  return overlapping.flatMap(({ block, of, peer }) => {
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
