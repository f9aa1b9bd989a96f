/** Returns the face of a connection: its status, and the fields that an edit changes. */
export function toFace(peer: object): string {
  const fields = peer as Record<string, unknown>
  const shown = [fields["statusName"] ?? fields["status"], fields["vpcId"], fields["routeTableCidrBlock"]]
  return shown.map((value) => (typeof value === "string" ? value : "")).join(" ")
}

/**
 * Finds a shown face in the true ones, not before the place of the last one. A repeated face stays at its place.
 * @param from the place of the face that was shown before; -1 for the first one
 * @returns null when it was so only before that place, or never
 */
export function follow(truth: readonly (string | null)[], from: number, said: string | null): number | null {
  const found = truth.indexOf(said, Math.max(from, 0))
  return found < 0 ? null : found
}

/** Finds the first of many faces that comes out of order; null when there is no such one. */
export function findOutOfOrder(
  truth: readonly (string | null)[],
  said: readonly (string | null)[],
): { index: number; isKnown: boolean } | null {
  let at = -1
  for (const [index, face] of said.entries()) {
    const next = follow(truth, at, face)
    if (next === null) return { index, isKnown: truth.includes(face) }
    at = next
  }
  return null
}
