import type { Project } from "@peering-desk/shared-schemas"
import { Suspense, useDeferredValue, useMemo, useRef } from "react"
import { usePerson } from "#api/session.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { useAfter } from "#ui/hooks/use-after.ts"
import { useDrawnRows } from "#ui/hooks/use-drawn-rows.ts"
import { useNow } from "#ui/time/now.ts"
import { DataTable, type Sorting } from "#ui/table/DataTable.tsx"
import { Pager, TableFoot, toPage } from "#ui/table/TableFoot.tsx"
import { formatCount, formatRange } from "#copy/counts.ts"
import styles from "./ConnectionList.module.css"
import { createListColumns } from "./list-columns.tsx"
import { ListFilters } from "./ListFilters.tsx"
import { NoMatch } from "./NoMatch.tsx"
import { filterRows, isInView, type ListFilter } from "./rows/list-filter.ts"
import { sortNames, sortRows } from "./rows/sort-rows.ts"
import { createTimeFinder } from "./rows/time-in-state.ts"
import { BulkBar } from "./selection/BulkBar.tsx"
import { listBulkActions } from "./selection/bulk-actions.ts"
import { useListKeys } from "./selection/use-list-keys.ts"
import { KeyHelp } from "./KeyHelp.tsx"
import type { ListData } from "./use-list-data.ts"
import { useRowActions } from "./use-row-actions.ts"
import { useSelection } from "./use-selection.ts"
import { ViewTabs } from "./ViewTabs.tsx"
import { lazyPage } from "#ui/lazy-page.ts"

const ShareDialog = lazyPage(async () => (await import("#shared/actions/ShareDialog.tsx")).ShareDialog)
const DeleteDialog = lazyPage(async () => (await import("./selection/DeleteDialog.tsx")).DeleteDialog)

const pageSize = 50
const none: readonly InventoryRow[] = []

interface Props {
  data: Pick<ListData, "rows" | "timesInState">
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
export function ConnectionList({ data, filter, onFilter, project, projects, path }: Props) {
  const narrow = (change: Partial<ListFilter>) => onFilter({ ...filter, page: 0, ...change })
  const list = useRef<HTMLDivElement>(null)
  const isLate = useAfter(4000)
  const person = usePerson()?.user.name ?? null
  const minute = Math.floor(useNow() / 60_000)
  const context = useMemo(() => ({ now: minute * 60_000, person }), [minute, person])
  // Typing is shown at once; the rows follow when the browser is idle.
  const deferred = useDeferredValue(filter)
  const rows = data.rows ?? none
  const sorted = useMemo(
    () => sortRows(rows, deferred.sort, deferred.direction, context.now),
    [rows, deferred.sort, deferred.direction, context],
  )
  const fitting = useMemo(() => filterRows(sorted, deferred), [sorted, deferred])
  const inView = useMemo(
    () => fitting.filter((row) => isInView(row, deferred.view, context)),
    [fitting, deferred.view, context],
  )
  const { page, pageCount, first, shown } = useMemo(
    () => toPage(inView, deferred.page, pageSize),
    [inView, deferred.page],
  )
  const drawn = useDrawnRows(shown)
  const { selection, rows: selected, onClear } = useSelection(inView)
  const { actions, dialog, onClose } = useRowActions()
  const findTime = useMemo(() => createTimeFinder(data.timesInState), [data.timesInState])
  const isOneProject = project !== null
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
  const isLoading = data.rows === undefined
  return (
    <div ref={list} className="anchor">
      <ViewTabs
        rows={data.rows}
        fitting={fitting}
        filter={filter}
        context={context}
        path={path}
        projectId={project?.id ?? null}
      />
      <ListFilters
        rows={rows}
        projects={projects}
        filter={filter}
        onNarrow={narrow}
        summary={
          isLoading
            ? isLate
              ? "Still waiting for Atlas"
              : "Loading connections"
            : formatCount(inView.length, "connection")
        }
      />
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
      {!isLoading && drawn.length === shown.length && (
        <TableFoot count={formatRange(first, shown.length, inView.length, "connection")}>
          <KeyHelp />
          <Pager page={page} pageCount={pageCount} onPage={(next) => onFilter({ ...filter, page: next })} />
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
