import type { Broken } from "@peering-desk/shared-schemas"

/** Returns whether a connection that Atlas calls available has a stop in its cloud that a role read to be broken. */
export function isBroken({ turn, broken }: { turn: string; broken?: Broken | undefined }): boolean {
  return broken !== undefined && turn === "works"
}
