import type { InventoryProject } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { Icon } from "#ui/Icon.tsx"
import { formatCount } from "#copy/counts.ts"
import { OrphanTable } from "./OrphanTable.tsx"
import { findOrphans, isNear, isUnread, listTroubles } from "#features/all-connections/rows/project-facts.ts"
import styles from "./projects.module.css"

const columns = ["Project", "Connections", "Unfinished", "Needs a person", "Containers"]

/** What each project uses of Atlas's limits, what stands there unused, and what could not be read. */
export function ProjectsView({ projects }: { projects: readonly InventoryProject[] }) {
  return (
    <>
      <Card padded={false}>
        <table className={styles.table} aria-label="Projects">
          <thead className={styles.head}>
            <tr>
              {columns.map((column) => (
                <th scope="col" key={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projects.map((project) => (
              <ProjectRow key={project.project.id} of={project} />
            ))}
          </tbody>
        </table>
      </Card>
      <OrphanTable projects={projects} />
    </>
  )
}

function ProjectRow({ of }: { of: InventoryProject }) {
  const { project, peerings, quota, containers, containersProblem, tombstoneCount } = of
  const needing = peerings.filter(({ turn }) => turn === "you" || turn === "failed").length
  const orphans = findOrphans(of).length
  return (
    <tr className={styles.row}>
      <th scope="row">
        <Link className={styles.name} href={pagePaths.connections(project.id)}>
          {project.name}
        </Link>
        {listTroubles(of).map((trouble) => (
          <span key={trouble} className={styles.trouble}>
            <Icon name="you" /> {trouble}
          </span>
        ))}
      </th>
      {isUnread(of) ? (
        <td className={styles.unread}>not known</td>
      ) : (
        <>
          <td>
            <Meter label="Connections" value={quota.used} most={quota.most} project={project.name} />
            {tombstoneCount > 0 && <span className={styles.sub}>{tombstoneCount} gone in 90 days</span>}
          </td>
          <td>
            <Meter label="Unfinished" value={quota.pending} most={quota.mostPending} project={project.name} />
          </td>
          <td>
            {needing === 0 ? (
              <span className={styles.quiet}>
                none<span className={styles.narrowOnly}> needs a person</span>
              </span>
            ) : (
              <Link
                href={`${pagePaths.inventory()}?${new URLSearchParams({ state: "person", project: project.id })}`}
              >
                {needing} {needing === 1 ? "needs" : "need"} a person
              </Link>
            )}
          </td>
        </>
      )}
      <td>
        <Link href={pagePaths.containers(project.id)}>
          {containersProblem === null || containers.length > 0
            ? formatCount(containers.length, "container")
            : "Containers"}
        </Link>
        {orphans > 0 && <span className={styles.sub}>{orphans} unused</span>}
      </td>
    </tr>
  )
}

/** How much of a limit is used; in words too, since a bar alone says nothing to those who do not see it. */
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
