import type { InventoryRow } from "@peering-desk/peering-rules"
import { exportRows } from "#features/connection-list/rows/export-rows.ts"
import type { RowActions } from "./row-actions.ts"
import type { BulkAction } from "./BulkBar.tsx"

/** Lists what can be done with the selected rows. One row that the person may not change denies the whole action. */
export function listBulkActions(rows: readonly InventoryRow[], actions: RowActions): BulkAction[] {
  const isGone = rows.some(({ deletion }) => deletion !== null)
  const gone = isGone ? "Some are deleted already" : null
  const denial =
    gone ?? rows.map(({ project }) => actions.getDenial(project.id)).find((one) => one !== null) ?? null
  return [
    { title: "Share with owner", icon: "share", onPress: () => actions.share(rows), denial },
    { title: "Check now", icon: "refresh", onPress: () => actions.checkNow(rows), denial: gone },
    { title: "Export", icon: "download", onPress: () => exportRows(rows, "csv"), denial: null },
    { title: "Delete…", icon: "trash", onPress: () => actions.remove(rows), denial },
  ]
}
