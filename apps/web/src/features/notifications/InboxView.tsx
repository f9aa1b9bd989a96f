import { notificationKinds, type InboxEntry } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { Link } from "wouter"
import { inboxQuery, useMarkRead } from "#api/inbox.ts"
import { useNameProject } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Button } from "#ui/Button.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** The events that the person may see, newest first. */
export function InboxView() {
  const read = useQuery(inboxQuery())
  const { data } = read
  const nameProject = useNameProject()
  const markRead = useMarkRead()
  const readUpTo = data?.readUpTo ?? 0
  const columns = useMemo(() => createColumns(nameProject, readUpTo), [nameProject, readUpTo])
  const newest = data?.entries[0]?.number ?? 0
  return (
    <ReadBoundary read={read}>
      <div className="row split gap-8 gap-x-16 high-32">
        <p className="quiet">Events of the projects you can see, from the last 30 days.</p>
        {data !== undefined && data.unread > 0 && (
          <Button size="small" isBusy={markRead.isPending} onClick={() => markRead.mutate(newest)}>
            Mark {data.unread} as read
          </Button>
        )}
      </div>
      <Failure error={markRead.error} />
      <DataTable
        label="Inbox"
        columns={columns}
        rows={data?.entries}
        getKey={({ number, kind }) => `${number} ${kind}`}
        widths="minmax(0, 1.1fr) minmax(0, 3fr) 130px"
        empty={
          <EmptyState
            icon="bell"
            title="No notifications yet"
            action={<PageLink href={pagePaths.notifications("email")}>Get them by e-mail</PageLink>}
          >
            <p>Events appear here when a connection needs you, fails or becomes available.</p>
          </EmptyState>
        }
      />
      <output className="visually-hidden">{markRead.isSuccess && "All marked as read"}</output>
    </ReadBoundary>
  )
}

function createColumns(nameProject: (id: string) => string, readUpTo: number): Column<InboxEntry>[] {
  return [
    {
      title: "Event",
      render: ({ kind, number }) => (
        <StateText
          tone={notificationKinds[kind].tone}
          isStale={number <= readUpTo}
          words={
            <>
              {notificationKinds[kind].title}
              {number > readUpTo && <span className="visually-hidden"> (unread)</span>}
            </>
          }
        />
      ),
    },
    {
      title: "Message",
      isHead: true,
      render: (entry) => (
        <TwoLines below={entry.projectId && nameProject(entry.projectId)}>
          <span className={entry.number > readUpTo ? "wrap strong" : "wrap quiet"}>
            <EntryLink {...entry} />
          </span>
        </TwoLines>
      ),
    },
    { title: "Time", isShort: true, render: ({ at }) => <Timestamp at={at} /> },
  ]
}

function EntryLink({ kind, projectId, peeringId, says }: InboxEntry) {
  if (kind === "approval-requested" || kind === "approval-decided")
    return <Link href={pagePaths.approvals()}>{says}</Link>
  if (projectId !== null && peeringId !== null)
    return <Link href={pagePaths.connection(projectId, peeringId)}>{says}</Link>
  if (kind === "key-expires") return <Link href={pagePaths.keys()}>{says}</Link>
  if (kind === "cloud-role-refused") return <Link href={pagePaths.cloudAccounts()}>{says}</Link>
  if (kind === "route-switched-off") return <Link href={pagePaths.notifications("routes")}>{says}</Link>
  return says
}
