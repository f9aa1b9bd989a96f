import type { InventoryProject } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { DataTable, type Column } from "#ui/table/DataTable.tsx"
import table from "#ui/table/DataTable.module.css"
import { Icon } from "#ui/marks/Icon.tsx"
import { formatCount } from "#copy/counts.ts"
import { OrphanTable } from "./OrphanTable.tsx"
import { findOrphans, isNear, isUnread, listTroubles } from "#shared/inventory/project-facts.ts"
import styles from "./projects.module.css"

/** Each project's use of Atlas's limits, its unused containers, and what could not be read. */
export function ProjectsView({ projects }: { projects: readonly InventoryProject[] }) {
  return (
    <>
      <Card padded={false}>
        <DataTable
          label="Projects"
          columns={columns}
          rows={projects}
          getKey={({ project }) => project.id}
          widths="minmax(0, 5fr) minmax(0, 4fr) minmax(0, 4fr) minmax(0, 3fr) minmax(0, 2fr)"
        />
      </Card>
      <OrphanTable projects={projects} />
    </>
  )
}

const columns: Column<InventoryProject>[] = [
  {
    title: "Project",
    isHead: true,
    render: (of) => (
      <>
        <Link className={styles.name} href={pagePaths.connections(of.project.id)}>
          {of.project.name}
        </Link>
        {listTroubles(of).map((trouble) => (
          <span key={trouble} className={styles.trouble}>
            <Icon name="you" /> {trouble}
          </span>
        ))}
      </>
    ),
  },
  {
    title: "Connections",
    isShort: true,
    render(of) {
      if (isUnread(of)) return <span className={styles.quiet}>not known</span>
      const { project, quota, tombstoneCount } = of
      return (
        <>
          <Meter label="Connections" value={quota.used} most={quota.most} project={project.name} />
          {tombstoneCount > 0 && <span className={table.sub}>{tombstoneCount} gone in 90 days</span>}
        </>
      )
    },
  },
  {
    title: "Unfinished",
    isShort: true,
    render: (of) =>
      !isUnread(of) && (
        <Meter
          label="Unfinished"
          value={of.quota.pending}
          most={of.quota.mostPending}
          project={of.project.name}
        />
      ),
  },
  { title: "Needs a person", isShort: true, render: (of) => !isUnread(of) && <Needing of={of} /> },
  {
    title: "Containers",
    isShort: true,
    render(of) {
      const orphans = findOrphans(of).length
      return (
        <>
          <Link href={pagePaths.containers(of.project.id)}>
            {of.containersProblem === null || of.containers.length > 0
              ? formatCount(of.containers.length, "container")
              : "Containers"}
          </Link>
          {orphans > 0 && <span className={table.sub}>{orphans} unused</span>}
        </>
      )
    },
  },
]

function Needing({ of: { project, peerings } }: { of: InventoryProject }) {
  const needing = peerings.filter(({ turn }) => turn === "you" || turn === "failed").length
  if (needing === 0)
    return (
      <span className={styles.quiet}>
        none<span className={styles.narrowOnly}> needs a person</span>
      </span>
    )
  return (
    <Link
      href={`${pagePaths.allConnections()}?${new URLSearchParams({ state: "person", project: project.id })}`}
    >
      {needing} {needing === 1 ? "needs" : "need"} a person
    </Link>
  )
}

/** The used share of a limit, in words and as a bar. */
function Meter({
  label,
  value,
  most,
  project,
}: {
  label: string
  value: number
  most: number
  project: string
}) {
  const near = isNear(value, most)
  return (
    <div className={styles.meter}>
      <span className={styles.meterWords}>
        <span className={styles.narrowOnly}>{label} </span>
        <strong>{value}</strong> of {most}
        {near && <span className={styles.near}>{value >= most ? "at the limit" : "near the limit"}</span>}
      </span>
      <meter
        className={near ? `${styles.bar} ${styles.barNear}` : styles.bar}
        aria-label={`${label} in ${project}`}
        min={0}
        max={most}
        value={Math.min(value, most)}
      />
    </div>
  )
}
