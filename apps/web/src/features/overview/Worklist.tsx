import { lazy, memo, Suspense, useMemo, useState } from "react"
import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { RowPath } from "#shared/inventory/RowPath.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { computePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Section } from "#ui/Section.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { useNow } from "#ui/time/now.ts"
import { toAttentionSentence } from "./attention-words.ts"
import { RowTime } from "./RowTime.tsx"
import { buildWorklist, type WorkGroup } from "./worklist.ts"
import styles from "./worklist.module.css"

const ShareDialog = lazy(async () => ({
  default: (await import("#shared/actions/ShareDialog.tsx")).ShareDialog,
}))

const groupWords: Record<WorkGroup["name"], [title: string, below: string]> = {
  declined: ["Declined", "by the network owner"],
  broken: ["Broken in AWS", "available in Atlas"],
  expiring: ["Expiring", "within 24 hours"],
  waiting: ["Waiting", "for the network owner"],
  failed: ["Failed", "fix or delete"],
}

/** The connections that need attention, most urgent first, in groups. */
export function Worklist({ rows }: { rows: readonly InventoryRow[] | undefined }) {
  const person = usePerson()
  const minute = Math.floor(useNow() / 60_000)
  const [shared, setShared] = useState<InventoryRow | null>(null)
  const groups = useMemo(
    () => rows && buildWorklist(rows, person?.access, minute * 60_000),
    [rows, person, minute],
  )
  const all = `${pagePaths.allConnections()}?view=attention`
  const count = groups?.reduce((sum, group) => sum + group.rows.length, 0)
  const shownCount = groups?.reduce((sum, group) => sum + group.shownCount, 0) ?? 0
  return (
    <Section
      title="Needs attention"
      {...(count !== undefined && { count })}
      aside={<Link href={all}>Open as list</Link>}
    >
      <div className={`card clip ${styles.card}`} aria-busy={groups === undefined}>
        {groups === undefined && Array.from({ length: 8 }, (_, row) => <SkeletonRow key={row} />)}
        {count === 0 && <EmptyState title="Nothing needs attention" />}
        {groups
          ?.filter((group) => group.rows.length > 0)
          .map(({ name, rows: inGroup, shownCount: shown }) => (
            <section key={name} aria-label={groupWords[name].join(" ")}>
              <h3 className={`line line-below on-raised small lines-16 ${styles.group}`}>
                {groupWords[name][0]} <span className="quiet regular">{groupWords[name][1]}</span>
                <span className="push quiet regular">{inGroup.length}</span>
              </h3>
              <ul>
                {inGroup.slice(0, shown).map((row) => (
                  <WorkRow
                    key={row.key}
                    row={row}
                    isUrgent={name === "expiring"}
                    mayShare={
                      name !== "failed" &&
                      name !== "broken" &&
                      computePermissions(person, row.project.id).mayChange
                    }
                    onShare={setShared}
                  />
                ))}
              </ul>
            </section>
          ))}
      </div>
      {count !== undefined && shownCount < count && (
        <p className="above-12">
          <Link href={all}>Show all {count.toLocaleString("en-US")}</Link>
        </p>
      )}
      <Suspense>
        {shared !== null && <ShareDialog rows={[shared]} onClose={() => setShared(null)} />}
      </Suspense>
    </Section>
  )
}

const WorkRow = memo(function WorkRow({
  row,
  isUrgent,
  mayShare,
  onShare,
}: {
  row: InventoryRow
  isUrgent: boolean
  mayShare: boolean
  onShare: (row: InventoryRow) => void
}) {
  const { project, peering, title } = row
  return (
    <li className={`grid level line-below anchor ${styles.row}`}>
      <span className={`grid ${styles.link}`}>
        <RowPath row={row} />
      </span>
      <span className={`grid ${styles.mark}`}>
        <CloudMark cloud={peering.peer.providerName} />
      </span>
      <span className={`narrow lines-18 ${styles.names}`}>
        <Link
          href={pagePaths.connection(project.id, peering.id)}
          className="cover block cut plain-link strong"
          title={title}
        >
          {title}
        </Link>
        <span className="block cut quiet small lines-15">{project.name}</span>
      </span>
      <span className={`wrap quiet text-13 ${styles.sentence}`}>{toAttentionSentence(row)}</span>
      <span className={`line gap-12 ${styles.end}`}>
        <span
          className={`inline gap-6 nowrap quiet text-13 number ${styles.time}`}
          data-urgent={isUrgent || undefined}
        >
          <RowTime row={row} isUrgent={isUrgent} />
        </span>
        {mayShare && (
          <span className={`afloat ${styles.action}`}>
            <Button size="small" aria-label={`Share ${title}`} onClick={() => onShare(row)}>
              <Icon name="share" />
              Share
            </Button>
          </span>
        )}
      </span>
      <span className={`grid faint ${styles.chevron}`}>
        <Icon name="chevron-right" />
      </span>
    </li>
  )
})

function SkeletonRow() {
  return (
    <div className={`grid level line-below anchor ${styles.row}`}>
      <Skeleton width="short" />
      <span />
      <Skeleton />
      <Skeleton width="long" />
    </div>
  )
}
