import type { ActivityEntry } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { activityQuery } from "#api/activity.ts"
import { toActivityWords } from "#copy/activity.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Section } from "#ui/Section.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import styles from "./overview.module.css"

const mostShown = 6

/** The newest user actions and status changes of all projects. */
export function Activity() {
  const read = useQuery(activityQuery())
  const { data: entries, error } = read
  const { readsAudit } = useAppPermissions()
  return (
    <Section title="Recent activity" aside={readsAudit && <Link href={pagePaths.audit()}>Audit log</Link>}>
      {error !== null && entries === undefined && <ReadFailure read={read} />}
      {entries?.length === 0 && <p className="quiet">No activity yet</p>}
      <ol className="grid gap-12">
        {entries?.slice(0, mostShown).map((entry) => (
          <ActivityItem key={`${entry.at} ${entry.what} ${entry.peeringId}`} entry={entry} />
        ))}
      </ol>
    </Section>
  )
}

function ActivityItem({ entry }: { entry: ActivityEntry }) {
  const { at, projectId, peeringId, title, projectName, reason } = entry
  const { before, after, tone } = toActivityWords(entry)
  const name = title ?? "a connection"
  return (
    <li className={`grid wrap text-13 lines-18 gap-x-14 ${styles.event}`}>
      <span className="quiet small number">
        <Timestamp at={at} />
      </span>
      <span className={`round ${styles.eventDot}`} data-tone={tone} aria-hidden="true" />
      <span>
        {before}{" "}
        {peeringId === null ? (
          <strong>{name}</strong>
        ) : (
          <Link href={pagePaths.connection(projectId, peeringId)} className="plain-link hover-line strong">
            {name}
          </Link>
        )}{" "}
        {after}
        <span className="block quiet small lines-15">
          {reason === null || reason === "" ? projectName : `“${reason}”`}
        </span>
      </span>
    </li>
  )
}
