import { formatCidr, parseCidr, toCanonicalCidr, type Cidr } from "@peering-desk/shared-schemas"
import { toFurtherBlockPlace, vpcPrefixes } from "#addresses/aws-vpc-rules.ts"
import { isWithinSpan, toPrefixSpan } from "#addresses/container-size.ts"
import { compact } from "#formats/compact.ts"
import {
  costs,
  fillNewContainer,
  fillRequest,
  hasRed,
  type DraftChange,
  type RefusedDraft,
} from "./draft-change.ts"
import { toNewRegions } from "#draft/draft-fields.ts"
import {
  readAtlasSide,
  readNetworkBlocks,
  readValue,
  toKnownBlocks,
  type DraftReading,
} from "#draft/parse-draft.ts"

/** Suggests other blocks: of another size or place for Atlas's side, a further one for the VPC. */
export function toBlockChanges(trouble: RefusedDraft): DraftChange[] {
  const own = hasRed(trouble, "overlap-with-peer") ? toOwnOtherBlockChanges(trouble.reading) : []
  return [...own, ...toAtlasBlockChanges(trouble), ...toVpcBlockChanges(trouble)]
}

/** The most further CIDRs of a network that are worth trying. */
const mostOwnBlocks = 4

/** Suggests peering another known CIDR of the VPC. */
export function toOwnOtherBlockChanges(reading: DraftReading): DraftChange[] {
  const { draft } = reading
  const block = readValue(reading, "routeTableCidrBlock")
  if (draft.providerName !== "AWS" || block === null) return []
  const { blocks } = readNetworkBlocks(reading)
  return blocks.slice(0, mostOwnBlocks).map((other) => ({
    title: `Use ${other}`,
    why: "Another CIDR of this VPC",
    cost: costs.ownOtherBlock,
    draft: {
      ...fillRequest(draft, { routeTableCidrBlock: other }),
      networkBlocks: [...(draft.networkBlocks ?? []).filter((one) => one.trim() !== other), block],
    },
  }))
}

function toAtlasBlockChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading } = trouble
  if (!reading.isNew) return []
  const isWrong = trouble.reds.some(({ id, field }) => id === "fields" && field === "atlasCidrBlock")
  const isInTheWay = hasRed(
    trouble,
    "container-overlap",
    "container-size",
    "overlap-with-container",
    "overlap-with-other-container",
    "overlap-with-other-network",
  )
  if (!isWrong && !isInTheWay) return []
  const typed = parseCidr(reading.draft.newContainer?.atlasCidrBlock.trim() ?? "")
  const prefix = toPrefix(reading, typed)
  const changes = prefix === null ? [] : toBlocksOf(trouble, prefix, typed)
  return [...changes, ...toEveryRegionChanges(trouble)]
}

/** Chooses the size that Atlas takes nearest to the typed one; null when so many regions fit into no block. */
function toPrefix({ draft }: DraftReading, typed: Cidr | null): number | null {
  const span = toPrefixSpan(draft.providerName, toNewRegions(draft).length)
  if (span === null) return null
  const usual = draft.providerName === "GCP" ? span.longest : span.shortest
  return Math.min(Math.max(typed?.prefix ?? usual, span.shortest), span.longest)
}

function toBlocksOf({ reading, findRoom }: RefusedDraft, prefix: number, typed: Cidr | null): DraftChange[] {
  const use = (block: string, why: string, cost: number): DraftChange => ({
    title: `Use ${block} for Atlas`,
    why,
    cost,
    draft: fillNewContainer(reading.draft, { atlasCidrBlock: block }),
  })
  const resized = typed && formatCidr(toCanonicalCidr({ ...typed, prefix }))
  const free = findRoom(prefix, toKnownBlocks(reading))
  return compact([
    resized !== null && use(resized, "Same start, in a valid size", costs.otherSize),
    free !== null && free !== resized && use(free, "Doesn't overlap any known network", costs.otherBlock),
  ])
}

/** A Google Cloud container for chosen regions may need more room than it can have. */
function toEveryRegionChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading, findRoom } = trouble
  if (reading.draft.providerName !== "GCP" || toNewRegions(reading.draft).length === 0) return []
  if (!hasRed(trouble, "container-size")) return []
  const block = findRoom(18, toKnownBlocks(reading))
  if (block === null) return []
  return [
    {
      title: `Use all regions with ${block}`,
      why: "A container for all regions is /18 or larger",
      cost: costs.otherRegion,
      draft: fillNewContainer(reading.draft, { atlasCidrBlock: block, regions: [] }),
    },
  ]
}

/**
 * Suggests a further block for the VPC, to peer instead of one that another VPC has. It cannot help against Atlas's own
 * block: AWS joins no two VPCs with any overlapping blocks.
 */
function toVpcBlockChanges(trouble: RefusedDraft): DraftChange[] {
  const { reading, findRoom } = trouble
  const { draft } = reading
  const block = readValue(reading, "routeTableCidrBlock")
  if (block === null || !hasRed(trouble, "overlap-with-peer") || !isWithinSpan(block, vpcPrefixes)) return []
  const blocks = toKnownBlocks(reading)
  const place = toFurtherBlockPlace(blocks)
  const prefix = parseCidr(block)?.prefix
  if (place === null || prefix === undefined) return []
  const taken = [...blocks, ...place.outside, readAtlasSide(reading)]
  const find = (beside: typeof taken) => findRoom(prefix, beside, [place.within])
  const further = find([...taken, ...place.around]) ?? find(taken)
  if (further === null) return []
  return [
    {
      title: `Add ${further} to the VPC and peer that`,
      why: "Doesn't overlap any known network. Only addresses in it reach Atlas",
      cost: costs.otherBlockOfVpc,
      draft: {
        ...fillRequest(draft, { routeTableCidrBlock: further }),
        networkBlocks: [...new Set([...(draft.networkBlocks ?? []), block])],
      },
    },
  ]
}
