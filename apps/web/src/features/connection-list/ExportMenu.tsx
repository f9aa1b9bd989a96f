import type { InventoryRow } from "@peering-desk/peering-rules"
import { useReport } from "#shared/report/use-report.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { Button } from "#ui/Button.tsx"
import { Menu } from "#ui/overlay/Menu.tsx"
import { showToast } from "#ui/overlay/Toasts.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { exportRows, type ExportFormat } from "./rows/export-rows.ts"

const formats: readonly [ExportFormat, string][] = [
  ["csv", "Export as CSV"],
  ["json", "Export as JSON"],
]

/** Saves the rows that fit the filter, from all pages of the table. Nothing is sent. */
export function ExportMenu({
  readRows,
}: {
  /** Undefined while loading: the menu then only keeps its place. */
  readRows: (() => Promise<readonly InventoryRow[]>) | undefined
}) {
  const saveReport = useReport()
  if (readRows === undefined) {
    return (
      <Button aria-haspopup="menu" data-unseen>
        <Icon name="download" />
        Export
      </Button>
    )
  }

  const save = async (saveRows: (rows: readonly InventoryRow[]) => void) => {
    try {
      saveRows(await readRows())
    } catch (thrown) {
      showToast(`Export failed: ${toProblemWords(thrown).title}`)
    }
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
        ...formats.map(([format, title]) => ({
          title,
          onSelect: () => void save((rows) => exportRows(rows, format)),
        })),
        {
          title: "Save report",
          onSelect: () =>
            void save((rows) =>
              saveReport(
                rows.map(({ project, peering }) => ({
                  projectId: project.id,
                  projectName: project.name,
                  peeringId: peering.id,
                })),
              ),
            ),
        },
      ]}
    />
  )
}
