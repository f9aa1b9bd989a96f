import { toDraftOf, type InventoryRow } from "@peering-desk/peering-rules"
import { toFormPath } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Menu, type MenuItem } from "#ui/overlay/Menu.tsx"
import type { RowActions } from "./selection/row-actions.ts"

/** The actions of one row. */
export function RowMenu({ row, actions }: { row: InventoryRow; actions: RowActions }) {
  return <Menu label={`Actions for ${row.title}`} size="small" items={listItems(row, actions)} />
}

function listItems(row: InventoryRow, actions: RowActions): (MenuItem | false)[] {
  const { project, peering, container, deletion, turn } = row
  const denial = actions.getDenial(project.id)
  const change = denial === null ? {} : { disabledReason: denial }
  const isListed = deletion === null
  return [
    {
      title: "Open",
      icon: "chevron-right",
      onSelect: () => actions.go(pagePaths.connection(project.id, peering.id)),
    },
    isListed && { title: "Share", icon: "share", onSelect: () => actions.share([row]), ...change },
    isListed && { title: "Check now", icon: "refresh", onSelect: () => actions.checkNow([row]) },
    { title: "Copy IDs", icon: "copy", onSelect: () => actions.copyIds(row) },
    isListed && {
      title: "Code",
      icon: "code",
      onSelect: () => actions.go(pagePaths.connectionCode(project.id, peering.id)),
    },
    {
      title: isListed ? "Duplicate" : "Recreate",
      icon: "plus",
      onSelect: () => actions.go(toFormPath(project.id, toDraftOf(peering.peer, container))),
      ...change,
    },
    isListed && {
      title: "Delete…",
      icon: "trash",
      isDanger: true,
      onSelect: () => actions.remove([row]),
      ...(turn === "closing" ? { disabledReason: "Atlas is deleting it already" } : change),
    },
  ]
}
