import type { AccessListEntry } from "@peering-desk/shared-schemas"
import { isWithin } from "#addresses/cidr-range.ts"

/** Names an entry: its block, security group or address. */
export function nameEntry({ cidrBlock, awsSecurityGroup, ipAddress }: AccessListEntry): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

/**
 * Finds the entry that lets in all of a block or security group: the same one, or one around it. A permanent entry goes before a
 * temporary one.
 * @returns null without such an entry, and for an empty text
 */
export function findCovering(entries: readonly AccessListEntry[], wanted: string): AccessListEntry | null {
  if (wanted === "") return null
  const same = entries.filter((entry) => nameEntry(entry) === wanted)
  const around = entries.filter(({ cidrBlock }) => isWithin(wanted, cidrBlock ?? ""))
  const covering = [...same, ...around]
  return covering.find(({ deleteAfterDate }) => deleteAfterDate == null) ?? covering[0] ?? null
}

/** Returns those blocks that some entries let in without an end. */
export function pickCovered(entries: readonly AccessListEntry[], blocks: readonly string[]): string[] {
  return [...new Set(blocks)].filter((block) => {
    const entry = findCovering(entries, block)
    return entry !== null && entry.deleteAfterDate == null
  })
}
