import {
  chooseShownCounts,
  mostWorkRows,
  toInventoryRow,
  type InventoryRow,
} from "@peering-desk/peering-rules"
import type { Approval, AttentionGroup, Overview } from "@peering-desk/shared-schemas"
import { memo, Suspense, useState, type ReactNode } from "react"
import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import { viewWords } from "#copy/inventory.ts"
import { AnswerButton } from "#shared/actions/AnswerButton.tsx"
import { RowPath } from "#shared/inventory/RowPath.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { computePermissions, useAppPermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { Section } from "#ui/Section.tsx"
import { ApprovalRows } from "./ApprovalRows.tsx"
import { toAttentionSentence } from "./attention-words.ts"
import { RowTime } from "./RowTime.tsx"
import styles from "./worklist.module.css"
import { SkeletonRow, WorkRow } from "./WorkRow.tsx"
import { lazyPage } from "#ui/lazy-page.ts"

const ShareDialog = lazyPage(async () => (await import("#shared/actions/ShareDialog.tsx")).ShareDialog)

const groupWords: Record<AttentionGroup, [title: string, below: string]> = {
  declined: ["Declined by the owner", "answer or withdraw"],
  expiring: ["Expiring", "within 24 hours"],
  broken: ["Broken in AWS", "worked before"],
  waiting: ["Waiting", "for the network owner"],
  failed: ["Failed", "correct or delete"],
}
const groupTones: Partial<Record<AttentionGroup, "you" | "failed">> = {
  declined: "failed",
  expiring: "you",
  broken: "failed",
}

const mostApprovals = 5

/** The requests that the person can decide, and the connections that need attention, most urgent first, in groups. */
export function Worklist({
  worklist,
  approvals,
}: {
  worklist: Overview["worklist"] | undefined
  approvals: readonly Approval[] | undefined
}) {
  const person = usePerson()
  const { changes, approves } = useAppPermissions()
  const [shared, setShared] = useState<InventoryRow | null>(null)
  const isLoading = approvals === undefined || worklist === undefined
  const counts = isLoading ? [] : worklist.map((group) => group.count)
  const approvalCount = isLoading ? 0 : approvals.length
  const shownCounts = chooseShownCounts(counts, mostWorkRows - Math.min(approvalCount, mostApprovals))
  const all = `${pagePaths.allConnections()}?view=attention`
  const count = addUp(counts)
  return (
    <Section
      title={changes ? "For you" : viewWords.attention}
      {...(!isLoading && { count: count + approvalCount })}
      aside={<Link href={all}>Open as list</Link>}
    >
      <div className={`card clip ${styles.card}`} aria-busy={isLoading}>
        {isLoading ? (
          Array.from({ length: 8 }, (_, row) => <SkeletonRow key={row} />)
        ) : (
          <>
            {count + approvalCount === 0 && (
              <EmptyState
                icon="check"
                title={changes ? "Nothing needs you" : "Nothing needs attention"}
                action={<PageLink href={pagePaths.allConnections()}>View connections</PageLink>}
              >
                {approves ? "Requests to approve and connections" : "Connections"} that wait, break or fail
                appear here.
              </EmptyState>
            )}
            {approvalCount > 0 && <ApprovalGroup approvals={approvals} />}
            {worklist.map(
              ({ name, count: inGroup, rows }, index) =>
                inGroup > 0 && (
                  <Group key={name} title={groupWords[name][0]} below={groupWords[name][1]} count={inGroup}>
                    {rows
                      .slice(0, shownCounts[index])
                      .map(toInventoryRow)
                      .map((row) => (
                        <ConnectionRow
                          key={row.key}
                          row={row}
                          group={name}
                          mayChange={computePermissions(person, row.project.id).mayChange}
                          onShare={setShared}
                        />
                      ))}
                  </Group>
                ),
            )}
          </>
        )}
      </div>
      {addUp(shownCounts) < count && (
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

const addUp = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

function Group({
  title,
  below,
  count,
  children,
}: {
  title: string
  below: ReactNode
  count: number
  children: ReactNode
}) {
  return (
    <section aria-label={typeof below === "string" ? `${title} ${below}` : title}>
      <h3 className="line line-below on-raised small lines-16 high-34 pad-x-16">
        {title} <span className="quiet regular">{below}</span>
        <span className="push quiet regular">{count}</span>
      </h3>
      <ul>{children}</ul>
    </section>
  )
}

function ApprovalGroup({ approvals }: { approvals: readonly Approval[] }) {
  const { length: count } = approvals
  return (
    <Group
      title="Needs your approval"
      below={count > mostApprovals && <Link href={pagePaths.approvals()}>Show all</Link>}
      count={count}
    >
      <ApprovalRows approvals={approvals.slice(0, mostApprovals)} />
    </Group>
  )
}

const ConnectionRow = memo(function ConnectionRow({
  row,
  group,
  mayChange,
  onShare,
}: {
  row: InventoryRow
  group: AttentionGroup
  mayChange: boolean
  onShare: (row: InventoryRow) => void
}) {
  const { project, peering, title, staleSince } = row
  return (
    <WorkRow
      path={<RowPath row={row} />}
      cloud={peering.peer.providerName}
      href={pagePaths.connection(project.id, peering.id)}
      title={title}
      place={project.name}
      sentence={toAttentionSentence(row)}
      time={<RowTime row={row} group={group} />}
      tone={staleSince === null ? groupTones[group] : undefined}
      action={
        mayChange &&
        (group === "declined" ? (
          <AnswerButton
            size="small"
            projectId={project.id}
            peeringId={peering.id}
            title={title}
            reason={peering.declined?.reason ?? ""}
          />
        ) : (
          (group === "expiring" || group === "waiting") && (
            <Button size="small" aria-label={`Share ${title}`} onClick={() => onShare(row)}>
              Share
            </Button>
          )
        ))
      }
    />
  )
})
