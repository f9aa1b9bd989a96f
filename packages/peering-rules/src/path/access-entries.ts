import type { AccessListEntry } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { isWithin, readCidrRange, toJoined } from "#addresses/cidr-range.ts"

/** Names an entry: its block, security group or address. */
export function nameEntry({ cidrBlock, awsSecurityGroup, ipAddress }: AccessListEntry): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

const isPermanent = ({ deleteAfterDate }: AccessListEntry) => deleteAfterDate == null

/**
 * Finds the entries that let in all of a block or security group: the same one, one around it, or several that cover it together.
 * Permanent entries go before temporary ones.
 * @returns an empty list without such entries, and for an empty text
 */
export function findCovering(entries: readonly AccessListEntry[], wanted: string): AccessListEntry[] {
  if (wanted === "") return []
  const found = findAmong(entries.filter(isPermanent), wanted)
  return found.length > 0 ? found : findAmong(entries, wanted)
}

function findAmong(entries: readonly AccessListEntry[], wanted: string): AccessListEntry[] {
  const one =
    entries.find((entry) => nameEntry(entry) === wanted) ??
    entries.find(({ cidrBlock }) => isWithin(wanted, cidrBlock ?? ""))
  if (one !== undefined) return [one]
  const whole = readCidrRange(wanted)
  const parts = entries.filter(({ cidrBlock }) => isOverlapping(cidrBlock ?? "", wanted))
  const joined = toJoined(parts.flatMap(({ cidrBlock }) => readCidrRange(cidrBlock ?? "") ?? []))
  const isWhole = joined.some(
    ({ first, last }) => whole !== null && first <= whole.first && whole.last <= last,
  )
  return isWhole ? parts : []
}

/** Returns those blocks that some entries let in without an end. */
export function pickCovered(entries: readonly AccessListEntry[], blocks: readonly string[]): string[] {
  const permanent = entries.filter(isPermanent)
  return [...new Set(blocks)].filter((block) => findCovering(permanent, block).length > 0)
}
