import type { Inventory } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { Link, useSearchParams } from "wouter"
import { inventoryQuery, useReadAfterChange } from "#api/peerings/inventory.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useSearchFilter, writeFilter } from "#ui/hooks/use-search-filter.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { ConnectionsView } from "./ConnectionsView.tsx"
import {
  inventoryFields,
  isInState,
  views,
  type InventoryFilter,
} from "#features/all-connections/rows/inventory-filter.ts"
import { createRowMaker, type InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { formatCount } from "#copy/counts.ts"
import layout from "#ui/layout.module.css"
import styles from "./all-connections.module.css"
import { findOrphans, isNearLimit } from "#shared/inventory/project-facts.ts"
import { ProjectsView } from "./ProjectsView.tsx"
import { UnreadNotice } from "./UnreadNotice.tsx"

/** Every connection of every project that the person may see, and their limits. */
export function AllConnectionsPage() {
  const [filter, onFilter] = useSearchFilter(inventoryFields, useSearchParams())
  const { view } = filter
  const { data, error } = useQuery(inventoryQuery())
  useReadAfterChange(
    data?.projects.find(({ project }) => project.id === filter.projectId)?.project.id ?? null,
  )
  const [makeRows] = useState(createRowMaker)
  const rows = useMemo(() => (data === undefined ? [] : makeRows(data.projects)), [data, makeRows])

  return (
    <>
      <PageHeader title="Estate">
        {data === undefined ? "In every project that you may see." : toSummary(data, rows)}
      </PageHeader>
      <div className={layout.page}>
        {error !== null && <ProblemNotice {...toProblemWords(error)} />}
        {data === undefined && error === null && (
          <p className="shell-wait">Reading the connections of all projects</p>
        )}
        {data !== undefined && (
          <>
            <ViewLinks filter={filter} projects={data.projects} />
            {view !== "projects" && <UnreadNotice projects={data.projects} />}
            {view === "connections" && (
              <ConnectionsView rows={rows} {...data} filter={filter} onFilter={onFilter} />
            )}
            {view === "projects" && <ProjectsView projects={data.projects} />}
          </>
        )}
      </div>
    </>
  )
}

function ViewLinks({ filter, projects }: { filter: InventoryFilter; projects: Inventory["projects"] }) {
  const notes = useMemo(() => {
    const near = projects.filter(isNearLimit).length
    const orphans = projects.reduce((sum, project) => sum + findOrphans(project).length, 0)
    return [near > 0 && `${near} near a limit`, orphans > 0 && `${orphans} unused`].filter(Boolean)
  }, [projects])
  const words: Record<InventoryFilter["view"], string> = {
    connections: "Connections",
    projects: notes.length === 0 ? "Projects" : `Projects (${notes.join(", ")})`,
  }
  return (
    <nav aria-label="Views" className={styles.views}>
      {views.map((name) => (
        <Link
          key={name}
          href={`${pagePaths.allConnections()}?${writeFilter(inventoryFields, { ...filter, view: name })}`}
          state="keep-focus"
          replace
          className={styles.view}
          aria-current={name === filter.view ? "page" : undefined}
        >
          {words[name]}
        </Link>
      ))}
    </nav>
  )
}

function toSummary({ projects }: Inventory, rows: readonly InventoryRow[]): string {
  const needing = rows.filter((row) => isInState(row, "person")).length
  const gone = projects.reduce((sum, { tombstoneCount }) => sum + tombstoneCount, 0)
  return [
    `${formatCount(rows.length, "connection")} in ${formatCount(projects.length, "project")}`,
    needing === 0
      ? "none needs a person"
      : `${needing.toLocaleString("en-US")} ${needing === 1 ? "needs" : "need"} a person`,
    ...(gone === 0 ? [] : [`${gone.toLocaleString("en-US")} gone in 90 days`]),
  ].join(", ")
}
