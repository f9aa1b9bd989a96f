import { providerLabels, providerNames, type Inventory } from "@peering-desk/shared-schemas"
import { memo, useDeferredValue, useMemo } from "react"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { FilterBar, SearchField } from "#ui/table/FilterBar.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { ExportButtons } from "./ExportButtons.tsx"
import {
  filterRows,
  isInState,
  sortNames,
  sortRows,
  stateGroups,
  usualFilter,
  type InventoryFilter,
} from "#features/all-connections/rows/inventory-filter.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { formatRange } from "#copy/counts.ts"
import { sortWords, stateGroupWords } from "#copy/inventory.ts"
import table from "#ui/table/DataTable.module.css"
import { Pager, TableFoot, toPage } from "#ui/table/TableFoot.tsx"
import { AllConnectionsTable } from "./AllConnectionsTable.tsx"
import { listTroubles } from "#shared/inventory/project-facts.ts"
import { createTimeFinder } from "#features/all-connections/rows/time-in-state.ts"
import { UsualTimes } from "./UsualTimes.tsx"

const pageSize = 50

interface Props {
  rows: readonly InventoryRow[]
  projects: Inventory["projects"]
  timesInState: Inventory["timesInState"]
  filter: InventoryFilter
  onFilter: (filter: InventoryFilter) => void
}

/** Every connection of every project: narrowed, sorted, fifty at a time. */
export function ConnectionsView({ rows, projects, timesInState, filter, onFilter }: Props) {
  const narrow = (change: Partial<InventoryFilter>) => onFilter({ ...filter, page: 0, ...change })
  // Typing is shown at once; the rows follow when the browser is idle.
  const deferred = useDeferredValue(filter)
  const sorted = useMemo(() => sortRows(rows, deferred.sort), [rows, deferred.sort])
  const fitting = useMemo(() => filterRows(sorted, deferred), [sorted, deferred])
  const findTime = useMemo(() => createTimeFinder(timesInState), [timesInState])
  if (rows.length === 0) return <NoConnections projects={projects} />
  return (
    <>
      <Card padded={false}>
        <FilterBar label="Filter the connections">
          <SearchField
            label="Search"
            placeholder="Label, any id, CIDR, network"
            value={filter.text}
            onChange={(text) => narrow({ text })}
          />
          <SelectField
            label="Project"
            empty="Every project"
            options={projects.map(({ project }) => [project.id, project.name])}
            value={filter.projectId}
            onChange={(projectId) => narrow({ projectId })}
          />
          <SelectField
            label="Cloud"
            empty="Every cloud"
            options={providerNames.map((name) => [name, providerLabels[name]])}
            value={filter.cloud}
            onChange={(cloud) => narrow({ cloud })}
          />
          <SelectField
            label="Sort by"
            options={sortNames.map((name) => [name, sortWords[name]])}
            value={filter.sort}
            onChange={(sort) => narrow({ sort: sort ?? "need" })}
          />
          <StateChips rows={rows} chosen={filter.state} onChoose={(state) => narrow({ state })} />
        </FilterBar>
        <Fitting fitting={fitting} filter={deferred} findTime={findTime} onFilter={onFilter} />
      </Card>
      <UsualTimes times={timesInState} />
    </>
  )
}

function NoConnections({ projects }: { projects: Inventory["projects"] }) {
  return (
    <Card>
      <div className={table.empty}>
        {projects.some((project) => listTroubles(project).length > 0) ? (
          <p>No connection could be read so far.</p>
        ) : (
          <>
            <p>There is no connection in any of these projects yet.</p>
            <Link href={`${pagePaths.allConnections()}?view=projects`} asChild>
              <LinkButton>Choose a project for the first one</LinkButton>
            </Link>
          </>
        )}
      </div>
    </Card>
  )
}

function StateChips({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly InventoryRow[]
  chosen: InventoryFilter["state"]
  onChoose: (state: InventoryFilter["state"]) => void
}) {
  const counts = useMemo(
    () =>
      stateGroups.map(
        (state) =>
          [state, stateGroupWords[state], rows.filter((row) => isInState(row, state)).length] as const,
      ),
    [rows],
  )
  return (
    <ChipChoice
      label="State"
      options={counts.filter(([state, , count]) => count > 0 || [chosen, "all", "person"].includes(state))}
      value={chosen}
      onChoose={onChoose}
    />
  )
}

const Fitting = memo(function Fitting({
  fitting,
  filter,
  findTime,
  onFilter,
}: {
  fitting: readonly InventoryRow[]
  filter: InventoryFilter
  findTime: ReturnType<typeof createTimeFinder>
  onFilter: (filter: InventoryFilter) => void
}) {
  const { page, pageCount, first, shown } = useMemo(
    () => toPage(fitting, filter.page, pageSize),
    [fitting, filter.page],
  )
  return (
    <>
      <AllConnectionsTable rows={shown} findTime={findTime} empty={<NoneFits onFilter={onFilter} />} />
      <TableFoot count={formatRange(first, shown.length, fitting.length, "connection")}>
        <Pager page={page} pageCount={pageCount} onPage={(next) => onFilter({ ...filter, page: next })} />
        <ExportButtons rows={fitting} />
      </TableFoot>
    </>
  )
})

function NoneFits({ onFilter }: Pick<Props, "onFilter">) {
  return (
    <>
      <p>No connection fits this filter</p>
      <Button size="small" onClick={() => onFilter(usualFilter)}>
        Show all
      </Button>
    </>
  )
}
