import { formatCidr, parseCidr, toCanonicalCidr } from "@peering-desk/shared-schemas"
import { vpcPrefixes } from "./aws-vpc-rules.ts"
import { toPrefixSpan } from "./container-size.ts"
import {
  costs,
  fillNewContainer,
  fillRequest,
  hasRed,
  type DraftChange,
  type Trouble,
} from "./draft-change.ts"
import { toNewRegions } from "./draft-fields.ts"
import { readAtlasSide, toOwnBlocks, type DraftReading } from "./draft-reading.ts"

/** Other blocks: for Atlas's side of another size or elsewhere, for the VPC another one of its own. */
export function toBlockChanges(trouble: Trouble): DraftChange[] {
  return [...toAtlasBlockChanges(trouble), ...toVpcBlockChanges(trouble)]
}

function toAtlasBlockChanges(trouble: Trouble): DraftChange[] {
  const { reading } = trouble
  if (!reading.isNew) return []
  const isWrong = trouble.reds.some(({ id, field }) => id === "fields" && field === "atlasCidrBlock")
  const isInTheWay = hasRed(trouble, "container-overlap", "container-size", "overlap-with-container")
  if (!isWrong && !isInTheWay) return []
  const typed = parseCidr(reading.draft.newContainer?.atlasCidrBlock.trim() ?? "")
  const prefix = toPrefix(reading, typed?.prefix ?? null)
  const changes = prefix === null ? [] : toBlocksOf(trouble, prefix, typed?.network ?? null)
  return [...changes, ...toEveryRegionChanges(trouble)]
}

/** The size nearest to the one that was typed that Atlas takes; null when so many regions fit into none. */
function toPrefix({ draft }: DraftReading, typed: number | null): number | null {
  const span = toPrefixSpan(draft.providerName, draft.providerName === "GCP" ? toNewRegions(draft).length : 0)
  if (span === null) return null
  const usual = draft.providerName === "GCP" ? span.longest : span.shortest
  return Math.min(Math.max(typed ?? usual, span.shortest), span.longest)
}

function toBlocksOf({ reading, findRoom }: Trouble, prefix: number, network: number | null): DraftChange[] {
  const use = (block: string, why: string, cost: number): DraftChange => ({
    title: `Use ${block} for Atlas instead`,
    why,
    cost,
    draft: fillNewContainer(reading.draft, { atlasCidrBlock: block }),
  })
  const resized = network === null ? null : formatCidr(toCanonicalCidr({ network, prefix }))
  const free = findRoom(prefix, toOwnBlocks(reading))
  return [
    ...(resized === null
      ? []
      : [use(resized, "It is the same place, of a size that Atlas takes", costs.otherSize)]),
    ...(free === null || free === resized
      ? []
      : [use(free, "It meets no block that is known here", costs.otherBlock)]),
  ]
}

/** A Google Cloud container for chosen regions may have to grow beyond what such a one can be. */
function toEveryRegionChanges(trouble: Trouble): DraftChange[] {
  const { reading, findRoom } = trouble
  if (reading.draft.providerName !== "GCP" || toNewRegions(reading.draft).length === 0) return []
  if (!hasRed(trouble, "container-size")) return []
  const block = findRoom(18, toOwnBlocks(reading))
  if (block === null) return []
  return [
    {
      title: `Serve every region, from ${block}`,
      why: "A container that is not restricted to regions takes a /18 or larger",
      cost: costs.otherRegion,
      draft: fillNewContainer(reading.draft, { atlasCidrBlock: block, regions: [] }),
    },
  ]
}

function toVpcBlockChanges(trouble: Trouble): DraftChange[] {
  const { reading, reds, findRoom } = trouble
  const isMeant = reds.some(({ field }) => field === "routeTableCidrBlock")
  const typed = parseCidr(reading.draft.request["routeTableCidrBlock"]?.trim() ?? "")
  if (!isMeant || typed === null) return []
  const prefix = Math.min(Math.max(typed.prefix, vpcPrefixes.shortest), vpcPrefixes.longest)
  const block = findRoom(prefix, [readAtlasSide(reading)])
  if (block === null) return []
  return [
    {
      title: `Give the VPC ${block} as a further block, and peer that`,
      why: "It meets no block that is known here; what is to reach Atlas has to have addresses of it",
      cost: costs.otherBlockOfVpc,
      draft: fillRequest(reading.draft, { routeTableCidrBlock: block }),
    },
  ]
}
