import { readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import { privateRanges } from "@peering-desk/shared-schemas"

interface MapRange extends CidrRange {
  cidr: string
}

/** One drawing of the map: private ranges beside each other on one axis. */
export interface MapArea {
  title: string
  ranges: readonly MapRange[]
}

const [ten = [], ...others] = privateRanges.map((cidr) => toMapRange(cidr))
const smallRanges = others.flat()

/** 10.0.0.0/8 has its own drawing; the two small private ranges share one. */
const wholeMap: readonly MapArea[] = [
  { title: "10.0.0.0/8", ranges: ten },
  { title: smallRanges.map(({ cidr }) => cidr).join(" and "), ranges: smallRanges },
]

/** Lists the drawings: the whole map, or the opened range only. */
export function listMapAreas(openCidr: string | null): readonly MapArea[] {
  const opened = openCidr === null ? [] : toMapRange(openCidr)
  return opened.length === 0 ? wholeMap : [{ title: openCidr ?? "", ranges: opened }]
}

/** Tells if any part of a block is in a private range. */
export function isPrivate(block: CidrRange): boolean {
  return [...ten, ...smallRanges].some((range) => isWithin(block, range))
}

/** Tells if any part of a block is in a range. */
export function isWithin(block: CidrRange, { first, last }: CidrRange): boolean {
  return block.first <= last && block.last >= first
}

function toMapRange(cidr: string): MapRange[] {
  const range = readCidrRange(cidr)
  return range === null ? [] : [{ cidr, ...range }]
}
