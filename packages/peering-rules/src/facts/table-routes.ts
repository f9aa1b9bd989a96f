import { formatCidr, parseCidr, type CloudRoute } from "@peering-desk/shared-schemas"
import { isUnread } from "#addresses/aws-vpc-rules.ts"
import { areOverlapping, readCidrRange, type CidrRange } from "#addresses/cidr-range.ts"
import { holds, listBegins } from "./passage.ts"

/** Where a route table leads a CIDR. */
export type TableFinding =
  | { kind: "leads" }
  /** The route to the target is there, and the target wasn't active. */
  | { kind: "inactive" }
  /** No route as narrow as the CIDR; `route` is the wider one that it follows. */
  | { kind: "missing"; route: CloudRoute | null }
  /** A route for the CIDR leads elsewhere; one that is a blackhole leads nowhere. */
  | { kind: "elsewhere"; route: CloudRoute }
  /** The route covers a part; `rest` is the first CIDR or address that it leaves out. */
  | { kind: "narrow"; route: CloudRoute; rest: string }
  /** A narrower route takes a part. */
  | { kind: "shadowed"; route: CloudRoute }
  /** A prefix list whose CIDRs aren't known may hold it. */
  | { kind: "unread"; route: CloudRoute }

interface Placed {
  route: CloudRoute
  prefix: number
  range: CidrRange
}

/** Finds where routes lead a CIDR by the longest prefix, as every cloud chooses; null for a text that is no CIDR. */
export function findTarget(routes: readonly CloudRoute[], cidr: string, target: string): TableFinding | null {
  const whole = readCidrRange(cidr)
  if (whole === null) return null
  const own = parseCidr(cidr)?.prefix ?? 0
  const placed = routes.flatMap((route): Placed[] => {
    const range = readCidrRange(route.to)
    const prefix = parseCidr(route.to)?.prefix
    if (range === null || prefix === undefined || !areOverlapping(range, whole)) return []
    return [{ route, prefix, range }]
  })
  const longestFirst = placed.toSorted((one, other) => other.prefix - one.prefix)
  const ranges = placed.map(({ range }) => range)
  const begins = listBegins(whole, ranges)
  const pieces = begins.map((begin) => ({
    begin,
    taken: longestFirst.find(({ range }) => holds(range, begin)),
  }))
  const astray = pieces.filter(({ taken }) => taken?.route.target !== target)
  const [first] = astray
  // One that leads to the target takes nothing away.
  const unread = routes.find((route) => isUnread(route) && (first !== undefined || route.target !== target))
  if (unread !== undefined) return { kind: "unread", route: unread }
  if (first === undefined)
    return { kind: pieces.every(({ taken }) => taken?.route.state === "active") ? "leads" : "inactive" }
  const mine = longestFirst.filter(({ route }) => route.target === target)
  const shadow = astray.find(({ begin }) => mine.some(({ range }) => holds(range, begin)))?.taken
  if (shadow !== undefined && astray.length < pieces.length) return { kind: "shadowed", route: shadow.route }
  const [narrow] = mine
  if (narrow !== undefined && shadow === undefined)
    return { kind: "narrow", route: narrow.route, rest: toRest(first.begin, begins, whole) }
  const nearest = astray.map(({ taken }) => taken).find((one) => one !== undefined && one.prefix >= own)
  if (nearest !== undefined) return { kind: "elsewhere", route: nearest.route }
  const followed = first.taken?.route ?? null
  // A wider route that leads nowhere, or to another peering, was made for such a CIDR.
  const isMeant = followed !== null && (followed.state === "blackhole" || followed.target.startsWith("pcx-"))
  return isMeant ? { kind: "elsewhere", route: followed } : { kind: "missing", route: followed }
}

/** Names what begins at an address: as a CIDR where it is one. */
function toRest(begin: number, begins: readonly number[], whole: CidrRange): string {
  const next = begins.find((one) => one > begin) ?? whole.last + 1
  const prefix = 32 - Math.log2(next - begin)
  return Number.isInteger(prefix)
    ? formatCidr({ network: begin, prefix })
    : `the addresses from ${formatCidr({ network: begin, prefix: 32 }).slice(0, -3)} on`
}
