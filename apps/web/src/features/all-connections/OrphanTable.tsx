import {
  providerLabels,
  type Container,
  type InventoryProject,
  type Project,
} from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { DataTable, type Column } from "#ui/table/DataTable.tsx"
import { toContainerPlace } from "#copy/peerings.ts"
import { formatCount } from "#copy/counts.ts"
import { findOrphans } from "#shared/inventory/project-facts.ts"
import styles from "./projects.module.css"

const columns: Column<{ project: Project; container: Container }>[] = [
  {
    title: "CIDR",
    isHead: true,
    render: ({ container }) => <code>{container.atlasCidrBlock ?? container.id}</code>,
  },
  {
    title: "Place",
    render: ({ container }) => `${providerLabels[container.providerName]} · ${toContainerPlace(container)}`,
  },
  {
    title: "Project",
    render: ({ project }) => (
      <Link href={pagePaths.containers(project.id)}>Containers of {project.name}</Link>
    ),
  },
]

/** The unused containers of all projects. */
export function OrphanTable({ projects }: { projects: readonly InventoryProject[] }) {
  const orphans = projects.flatMap((project) =>
    findOrphans(project).map((container) => ({ project: project.project, container })),
  )
  if (orphans.length === 0) return null
  return (
    <Card
      title={`${formatCount(orphans.length, "container")} with nothing in ${orphans.length === 1 ? "it" : "them"}`}
    >
      <p className={styles.quiet}>
        No connection uses them, and Atlas says that it has made nothing in them. They only keep their
        addresses from others. A container is deleted on its project's page.
      </p>
      <DataTable
        label="Unused containers"
        columns={columns}
        rows={orphans}
        getKey={({ project, container }) => `${project.id} ${container.providerName} ${container.id}`}
        widths="minmax(0, 2fr) minmax(0, 3fr) minmax(0, 4fr)"
        hidesTitles
      />
    </Card>
  )
}
