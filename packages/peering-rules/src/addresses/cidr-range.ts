import { formatCidr, parseCidr, toCanonicalCidr } from "@peering-desk/shared-schemas"

/** The addresses of a block as unsigned 32-bit numbers, both ends included. */
export interface CidrRange {
  first: number
  last: number
}

/** Returns the one spelling of a block, with host bits cleared; null when the text is not a block (see `parseCidr`). */
export function toOneSpelling(text: string): string | null {
  const cidr = parseCidr(text)
  return cidr === null ? null : formatCidr(toCanonicalCidr(cidr))
}

/** Returns the addresses of a block, with host bits cleared; null when the text is not a block (see `parseCidr`). */
export function readCidrRange(text: string): CidrRange | null {
  const cidr = parseCidr(text)
  if (cidr === null) return null
  const first = toCanonicalCidr(cidr).network
  return { first, last: first + 2 ** (32 - cidr.prefix) - 1 }
}

/** Tells if all addresses of one block are in another; false when a text is not a block. */
export function isWithin(inner: string, outer: string): boolean {
  const [one, other] = [readCidrRange(inner), readCidrRange(outer)]
  return one !== null && other !== null && other.first <= one.first && one.last <= other.last
}

/** Tells if two ranges share an address. */
export function areOverlapping(one: CidrRange, other: CidrRange): boolean {
  return one.first <= other.last && other.first <= one.last
}

/** Joins ranges into as few as possible, lowest first. */
export function toJoined(ranges: readonly CidrRange[]): CidrRange[] {
  const joined: CidrRange[] = []
  for (const { first, last } of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = joined.at(-1)
    if (before === undefined || first > before.last + 1) joined.push({ first, last })
    else before.last = Math.max(before.last, last)
  }
  return joined
}
