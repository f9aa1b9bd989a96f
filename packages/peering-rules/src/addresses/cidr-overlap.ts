import { parseCidr, toCanonicalCidr } from "@peering-desk/shared-schemas"

/** Tells if two blocks share an address; false when a text is not a block (see `parseCidr`). */
export function isOverlapping(one: string, other: string): boolean {
  const a = parseCidr(one)
  const b = parseCidr(other)
  if (a === null || b === null) return false
  const prefix = Math.min(a.prefix, b.prefix)
  const wider = ({ network }: { network: number }) => toCanonicalCidr({ network, prefix }).network
  return wider(a) === wider(b)
}
