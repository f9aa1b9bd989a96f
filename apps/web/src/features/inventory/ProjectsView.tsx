import { providerLabels, readContainerRegion, type InventoryProject } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { pagePaths } from "#page-paths.ts"
import { Notice } from "#ui/Notice.tsx"
import { problemWords } from "#wording/problem-words.ts"
import { toCount } from "./inventory-words.ts"
import styles from "./inventory.module.css"
import { findOrphans } from "./project-facts.ts"

/** What each project uses of Atlas's limits, what stands there unused, and what could not be read. */
export function ProjectsView({ projects }: { projects: readonly InventoryProject[] }) {
  return (
    <ul className={styles.projects} aria-label="Projects">
      {projects.map((project) => (
        <ProjectCard key={project.project.id} of={project} />
      ))}
    </ul>
  )
}

function ProjectCard({ of }: { of: InventoryProject }) {
  const { project, quota, containers, containersProblem, watches, tombstoneCount } = of
  const orphans = findOrphans(of)
  const troubles = watches.flatMap(({ providerName, problem }) =>
    problem === null ? [] : [`${providerLabels[providerName]}: ${problemWords[problem].title}`],
  )
  if (containersProblem !== null) troubles.push(`Containers: ${problemWords[containersProblem].title}`)
  return (
    <li className={styles.project}>
      <h2>
        <Link href={pagePaths.connections(project.id)}>{project.name}</Link>
      </h2>
      <Meter label="Connections" value={quota.used} most={quota.most} project={project.name} />
      <Meter label="Unfinished" value={quota.pending} most={quota.mostPending} project={project.name} />
      <p className={styles.sub}>
        {toCount(containers.length, "container")}
        {tombstoneCount > 0 && ` · ${toCount(tombstoneCount, "connection")} gone in 90 days`}
      </p>
      {orphans.length > 0 && (
        <>
          <h3 className={styles.subtitle}>{toCount(orphans.length, "container")} with nothing in it</h3>
          <ul>
            {orphans.map((container) => (
              <li key={`${container.providerName} ${container.id}`}>
                <span className="mono">{container.atlasCidrBlock ?? container.id}</span>{" "}
                <span className={styles.sub2}>
                  {providerLabels[container.providerName]} {readContainerRegion(container)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {troubles.length > 0 && (
        <Notice tone="you" title="Not all of it could be read">
          {troubles.map((trouble) => (
            <p key={trouble}>{trouble}</p>
          ))}
        </Notice>
      )}
    </li>
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
  return (
    <div className={styles.meter}>
      <span className={styles.meterWords}>
        {label} <strong>{value}</strong> of {most}
      </span>
      <meter
        className={styles.bar}
        aria-label={`${label} in ${project}`}
        min={0}
        max={most}
        value={Math.min(value, most)}
      />
    </div>
  )
}
