import type { InventoryProject } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { formatAttention } from "#copy/inventory.ts"
import { needsAttention } from "#shared/inventory/attention.ts"
import { toTurn } from "#shared/inventory/inventory-rows.ts"
import { findOrphans, isNear, isUnread } from "#shared/inventory/project-facts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Meter } from "#ui/Meter.tsx"
import { Section } from "#ui/Section.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./overview.module.css"

const firstShown = 7

/** The projects, the ones that need attention first, each with its use of Atlas's limit. */
export function ProjectColumn({ projects }: { projects: readonly InventoryProject[] | undefined }) {
  const [showsAll, setShowsAll] = useState(false)
  const sorted = projects?.toSorted(
    (a, b) => countAttention(b) - countAttention(a) || b.quota.used - a.quota.used,
  )
  const shown = showsAll ? sorted : sorted?.slice(0, firstShown)
  const limits = new Set(projects?.map(({ quota }) => quota.most))
  return (
    <Section title="Projects" aside={limits.size === 1 && `Limit ${[...limits][0]} per project`}>
      <ul className="line-above">
        {shown?.map((project) => (
          <ProjectItem key={project.project.id} of={project} />
        ))}
        {shown === undefined &&
          Array.from({ length: 5 }, (_, row) => (
            <li key={row} className={`grid level line-below ${styles.project}`}>
              <Skeleton />
            </li>
          ))}
      </ul>
      {sorted !== undefined && sorted.length > firstShown && (
        <div className="above-12">
          <Button size="small" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Show fewer projects" : `Show all ${sorted.length} projects`}
          </Button>
        </div>
      )}
    </Section>
  )
}

function ProjectItem({ of: project }: { of: InventoryProject }) {
  const {
    project: { id, name },
    quota: { used, most, pending, mostPending },
  } = project
  const attention = countAttention(project)
  const unused = findOrphans(project).length
  return (
    <li className={`grid level line-below ${styles.project}`}>
      <Link
        href={pagePaths.connections(id)}
        className={`narrow wrap plain-link medium ${styles.projectName}`}
      >
        {name}
      </Link>
      {attention > 0 && (
        <Link
          href={`${pagePaths.connections(id)}?view=attention`}
          className={`inline gap-2 tone-you small strong ${styles.projectAttention}`}
          aria-label={`${formatAttention(attention)} in ${name}`}
        >
          <Icon name="you" />
          {attention}
        </Link>
      )}
      <span className={`quiet small number ${styles.used}`}>
        {isUnread(project) ? "not read yet" : `${used} / ${most}`}
      </span>
      {!isUnread(project) && (
        <Meter label={`Connections in ${name}`} value={Math.min(used, most)} most={most} />
      )}
      {isNear(used, most) && (
        <span className={`tone-you small ${styles.near}`}>
          {used >= most ? "Limit reached" : "Near the limit"}
        </span>
      )}
      {isNear(pending, mostPending) && (
        <span className={`tone-you small ${styles.near}`}>
          {pending} of {mostPending} unfinished connections
        </span>
      )}
      {unused > 0 && (
        <Link href={pagePaths.containers(id)} className={`quiet small ${styles.unused}`}>
          {formatCount(unused, "unused container")}
        </Link>
      )}
    </li>
  )
}

function countAttention({ peerings }: InventoryProject): number {
  return peerings.filter((peering) =>
    needsAttention({ peering, turn: toTurn(peering), deletion: null, expiry: null }),
  ).length
}
