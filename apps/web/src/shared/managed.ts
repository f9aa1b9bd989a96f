import type { Peering } from "@peering-desk/shared-schemas"

/** Returns whether another tool manages a connection, so that it is neither edited nor deleted here. */
export function isLocked({ managedBy, override }: Pick<Peering, "managedBy" | "override">): boolean {
  return managedBy !== undefined && override === undefined
}
