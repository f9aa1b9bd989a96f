import type { AccessListEntry } from "@peering-desk/shared-schemas"
import { readCidrRange } from "@peering-desk/peering-rules"

/** What an entry lets in, as it is named: a block, a security group or an address. */
export function nameEntry({ cidrBlock, awsSecurityGroup, ipAddress }: AccessListEntry): string {
  return cidrBlock ?? awsSecurityGroup ?? ipAddress ?? ""
}

/**
 * The entry that lets all of a block or a security group in: the same one if it is there, or else one around it. One that stays counts
 * before one that Atlas takes off by itself.
 * @returns null when there is none, or nothing was asked for
 */
export function findCovering(entries: readonly AccessListEntry[], wanted: string): AccessListEntry | null {
  if (wanted === "") return null
  const inner = readCidrRange(wanted)
  const same = entries.filter((entry) => nameEntry(entry) === wanted)
  const around = entries.filter(({ cidrBlock }) => {
    const outer = readCidrRange(cidrBlock ?? "")
    return inner !== null && outer !== null && outer.first <= inner.first && outer.last >= inner.last
  })
  const covering = [...same, ...around]
  return covering.find(({ deleteAfterDate }) => deleteAfterDate == null) ?? covering[0] ?? null
}
