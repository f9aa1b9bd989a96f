import type { InventoryRow } from "@peering-desk/peering-rules"

/** Actions on connections of the list. Must stay the same object, or every row renders. */
export interface RowActions {
  go: (href: string) => void
  share: (rows: readonly InventoryRow[]) => void
  checkNow: (rows: readonly InventoryRow[]) => void
  copyIds: (row: InventoryRow) => void
  remove: (rows: readonly InventoryRow[]) => void
  /** Why the person can't change connections of a project; null when they may. */
  getDenial: (projectId: string) => string | null
}
