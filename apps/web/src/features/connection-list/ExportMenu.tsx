import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { useReport } from "#shared/report/use-report.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Button } from "#ui/Button.tsx"
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
export function ExportMenu({
  rows,
  filter,
}: {
  /** Undefined while loading: the menu then only keeps its place. */
  rows: readonly InventoryRow[] | undefined
  filter: ListFilter
}) {
  const person = usePerson()?.user.name ?? null
  const saveReport = useReport()
  if (rows === undefined) {
    return (
      <Button aria-haspopup="menu" data-unseen>
        <Icon name="download" />
        Export
      </Button>
    )
  }

  const listFitting = () => {
    const context = { now: Date.now(), person }
    const fitting = filterRows(sortRows(rows, filter.sort, filter.direction, context.now), filter)
    return fitting.filter((row) => isInView(row, filter.view, context))
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
      items={[
        ...formats.map(([format, title]) => ({ title, onSelect: () => exportRows(listFitting(), format) })),
        {
          title: "Save report",
          onSelect: () =>
            saveReport(
              listFitting().map(({ project, peering }) => ({
                projectId: project.id,
                projectName: project.name,
                peeringId: peering.id,
              })),
            ),
        },
      ]}
    />
  )
}
