import type { Overview, OverviewProject } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { formatAttention } from "#copy/inventory.ts"
import { isNear } from "#shared/inventory/project-facts.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Meter } from "#ui/Meter.tsx"
import { Section } from "#ui/Section.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./overview.module.css"

const firstShown = 7

/** The projects, the ones that need attention first, each with its use of Atlas's limit. */
export function ProjectColumn({ of: overview }: { of: Overview | undefined }) {
  const [showsAll, setShowsAll] = useState(false)
  return (
    <Section title="Projects" aside={overview && `Limit ${overview.limits.most} per project`}>
      <ul className="line-above">
        {overview === undefined
          ? Array.from({ length: 5 }, (_, row) => (
              <li key={row} className={`grid level line-below gap-4 gap-x-12 pad-y-8 ${styles.project}`}>
                <Skeleton />
              </li>
            ))
          : overview.projects
              .slice(0, showsAll ? undefined : firstShown)
              .map((project) => <ProjectItem key={project.id} of={project} limits={overview.limits} />)}
      </ul>
      {overview !== undefined && overview.projectCount > firstShown && (
        <div className="above-12">
          <Button size="small" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Show fewer projects" : toShowWords(overview)}
          </Button>
        </div>
      )}
    </Section>
  )
}

/** An answer has the first hundred projects. */
function toShowWords({ projects, projectCount }: Overview): string {
  const all = projectCount.toLocaleString("en-US")
  return projects.length < projectCount
    ? `Show ${projects.length} of ${all} projects`
    : `Show all ${all} projects`
}

function ProjectItem({
  of: { id, name, isRead, used, pending, attention, unusedContainers },
  limits: { most, mostPending },
}: {
  of: OverviewProject
  limits: Overview["limits"]
}) {
  return (
    <li className={`grid level line-below gap-4 gap-x-12 pad-y-8 ${styles.project}`}>
      <Link href={pagePaths.connections(id)} className="narrow wrap plain-link hover-line medium">
        {name}
      </Link>
      {attention > 0 && (
        <Link
          href={`${pagePaths.connections(id)}?view=attention`}
          className={`inline gap-2 tone-you small strong plain-link ${styles.projectAttention}`}
          aria-label={`${formatAttention(attention)} in ${name}`}
        >
          <Icon name="you" />
          {attention}
        </Link>
      )}
      <span className={`quiet small number ${styles.used}`}>
        {isRead ? `${used} / ${most}` : "not read yet"}
      </span>
      {isRead && <Meter label={`Connections in ${name}`} value={Math.min(used, most)} most={most} />}
      {isNear(used, most) && (
        <span className="tone-you full-row small">{used >= most ? "Limit reached" : "Near the limit"}</span>
      )}
      {isNear(pending, mostPending) && (
        <span className="tone-you full-row small">
          {pending} of {mostPending} unfinished connections
        </span>
      )}
      {unusedContainers > 0 && (
        <Link href={pagePaths.containers(id)} className="full-row quiet small plain-link hover-line">
          {formatCount(unusedContainers, "unused container")}
        </Link>
      )}
    </li>
  )
}
