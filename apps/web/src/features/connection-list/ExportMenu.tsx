import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { usePerson } from "#api/session.ts"
import { exportRows, type ExportFormat } from "./rows/export-rows.ts"
import { filterRows, isInView, type ListFilter } from "./rows/list-filter.ts"
import { sortRows } from "./rows/sort-rows.ts"

const formats: readonly [ExportFormat, string][] = [
  ["csv", "Export as CSV"],
  ["json", "Export as JSON"],
]

/** Saves the rows that fit the filter, from all pages of the table. Nothing is sent. */
export function ExportMenu({ rows, filter }: { rows: readonly InventoryRow[]; filter: ListFilter }) {
  const person = usePerson()?.user.name ?? null
  const save = (format: ExportFormat) => {
    const fitting = filterRows(sortRows(rows, filter.sort, filter.direction), filter)
    const context = { now: Date.now(), person }
    exportRows(
      fitting.filter((row) => isInView(row, filter.view, context)),
      format,
    )
  }
  return (
    <Menu
      label="Export"
      trigger={
        <>
          <Icon name="download" />
          Export
        </>
      }
      items={formats.map(([format, title]) => ({ title, onSelect: () => save(format) }))}
    />
  )
}
