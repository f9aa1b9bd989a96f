import { sortNames, type InventoryRow, type ListFilter } from "@peering-desk/peering-rules"
import type { Project } from "@peering-desk/shared-schemas"
import { Suspense, useMemo, useRef, useState } from "react"
import { useAfter } from "#ui/hooks/use-after.ts"
import { useDrawnRows } from "#ui/hooks/use-drawn-rows.ts"
import { Kbd } from "#ui/Kbd.tsx"
import { DataTable, type Sorting } from "#ui/table/DataTable.tsx"
import { TableFoot } from "#ui/table/TableFoot.tsx"
import { formatCount, formatRange } from "#copy/counts.ts"
import styles from "./ConnectionList.module.css"
import { createListColumns } from "./list-columns.tsx"
import { ListFilters } from "./ListFilters.tsx"
import { NoMatch } from "./NoMatch.tsx"
import { createTimeFinder } from "./rows/time-in-state.ts"
import { BulkBar, type BulkAction } from "./selection/BulkBar.tsx"
import { useListKeys } from "./selection/use-list-keys.ts"
import type { ListView } from "./list-view.tsx"
import { useRowActions } from "./use-row-actions.ts"
import { useSelection } from "./use-selection.ts"
import { ViewTabs } from "./ViewTabs.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { exportRows } from "./rows/export-rows.ts"
import type { RowActions } from "./selection/row-actions.ts"

const ShareDialog = lazyPage(async () => (await import("#shared/actions/ShareDialog.tsx")).ShareDialog)
const DeleteDialog = lazyPage(async () => (await import("./selection/DeleteDialog.tsx")).DeleteDialog)

const none: readonly InventoryRow[] = []

interface Props {
  view: ListView
  /** The last read failed, which the page explains. */
  hasFailed?: boolean
  filter: ListFilter
  onFilter: (filter: ListFilter) => void
  /** The project whose list it is; null for all. */
  project: Project | null
  /** To filter by; null where all rows are of one project. */
  projects: readonly Project[] | null
  /** The address of the list. */
  path: string
}

/** The list of connections: views, search, filters, the table, fifty rows at a time, and what is done with selected ones. */
export function ConnectionList({
  view,
  hasFailed = false,
  filter,
  onFilter,
  project,
  projects,
  path,
}: Props) {
  const narrow = (change: Partial<ListFilter>) => onFilter({ ...filter, page: 0, ...change })
  const list = useRef<HTMLDivElement>(null)
  const isLate = useAfter(4000)
  const { shown, first, inView, counts, timesInState } = view
  const count = counts?.[filter.view] ?? 0
  const drawn = useDrawnRows(shown ?? none)
  const { selection, rows: selected, onClear } = useSelection(inView)
  const { actions, dialog, onClose } = useRowActions()
  const findTime = useMemo(() => createTimeFinder(timesInState), [timesInState])
  const isOneProject = project !== null
  // Later it stays, with the focus of a button that leads to other rows.
  const [hasFoot, setHasFoot] = useState(false)
  if (!hasFoot && shown !== undefined && drawn.length === shown.length) setHasFoot(true)
  const columns = useMemo(
    () => createListColumns({ isOneProject, findTime, actions }),
    [isOneProject, findTime, actions],
  )
  useListKeys({ list, onToggle: selection.onToggle, onClear })

  const sorting: Sorting = {
    by: filter.sort,
    direction: filter.direction,
    onSort(by) {
      const sort = sortNames.find((one) => one === by) ?? "status"
      const isSame = sort === filter.sort
      narrow({ sort, direction: isSame && filter.direction === "asc" ? "desc" : "asc" })
    },
  }
  const isLoading = shown === undefined && !hasFailed
  return (
    <div ref={list} className="anchor">
      <ViewTabs
        counts={counts}
        savedCounts={view.savedCounts}
        filter={filter}
        path={path}
        projectId={project?.id ?? null}
      />
      <ListFilters
        regions={view.regions}
        projects={projects}
        filter={filter}
        onNarrow={narrow}
        summary={
          isLoading
            ? isLate
              ? "Still waiting for Atlas"
              : "Loading connections"
            : shown && formatCount(count, "connection")
        }
      />
      {(isLoading || shown !== undefined) && (
        <DataTable
          label={isOneProject ? "Connections" : "Connections of all projects"}
          className={styles.table}
          columns={columns}
          rows={isLoading ? undefined : drawn}
          getKey={getKey}
          skeletonCount={12}
          sorting={sorting}
          selection={selection}
          empty={<NoMatch filter={filter} onFilter={onFilter} />}
        />
      )}
      {shown !== undefined && hasFoot && (
        <TableFoot count={formatRange(first, drawn.length, count, "connection")}>
          <p className={`screen-only line gap-4 quiet text-13 ${styles.keys}`}>
            <Kbd>J</Kbd> <Kbd>K</Kbd> move <Kbd>X</Kbd> select <Kbd>↵</Kbd> open
          </p>
          {view.more}
        </TableFoot>
      )}
      {selected.length > 0 && (
        <BulkBar count={selected.length} actions={listBulkActions(selected, actions)} onClear={onClear} />
      )}
      <Suspense>
        {dialog?.name === "share" && <ShareDialog rows={dialog.rows} onClose={onClose} />}
        {dialog?.name === "delete" && <DeleteDialog rows={dialog.rows} onClose={onClose} />}
      </Suspense>
    </div>
  )
}

const getKey = ({ key }: InventoryRow) => key

/** Lists what can be done with the selected rows. One row that the person may not change denies the whole action. */
function listBulkActions(rows: readonly InventoryRow[], actions: RowActions): BulkAction[] {
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
