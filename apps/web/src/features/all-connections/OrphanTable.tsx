import { providerLabels, type InventoryProject } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { toContainerPlace } from "#copy/peerings.ts"
import { formatCount } from "#copy/counts.ts"
import { findOrphans } from "#features/all-connections/rows/project-facts.ts"
import styles from "./projects.module.css"

/** The containers of all projects in which nothing is. */
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
      <table className={styles.orphans} aria-label="Unused containers">
        <tbody>
          {orphans.map(({ project, container }) => (
            <tr key={`${project.id} ${container.providerName} ${container.id}`}>
              <th scope="row" className="mono">
                {container.atlasCidrBlock ?? container.id}
              </th>
              <td>
                {providerLabels[container.providerName]} · {toContainerPlace(container)}
              </td>
              <td>
                <Link href={pagePaths.containers(project.id)}>Containers of {project.name}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
