import { choiceField, type Approval } from "@peering-desk/shared-schemas"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { Link, useSearchParams } from "wouter"
import { approvalsQuery } from "#api/approvals.ts"
import { useNameProject } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { useAppPermissions } from "#shared/permissions.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { LoadMore } from "#shared/refusals/LoadMore.tsx"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { useSearchFilter } from "#ui/hooks/use-search-filter.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { type Column, DataTable, TwoLines } from "#ui/table/DataTable.tsx"
import { TableFoot } from "#ui/table/TableFoot.tsx"
import { planWords, toApprovalState, toDecision, toPlanSubject, toRequesterName } from "#copy/approvals.ts"
import { StateText } from "#ui/marks/StateText.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

const fields = { show: choiceField("show", ["waiting", "decided"], "waiting") }

/** The requests for approval in the person's projects, waiting and decided ones. */
export function ApprovalsPage() {
  const [filter] = useSearchFilter(fields, useSearchParams())
  const show = filter.show === "waiting" ? "open" : "decided"
  const read = useInfiniteQuery(approvalsQuery(show))
  const { data, hasNextPage } = read
  const nameProject = useNameProject()
  const { administers } = useAppPermissions()
  const columns = useMemo(() => createApprovalColumns(nameProject), [nameProject])
  const shown = useMemo(() => data && listShown(data.pages.flatMap(({ approvals }) => approvals)), [data])
  const first = data?.pages[0]

  return (
    <>
      <PageHeader
        title="Approvals"
        crumbs={["All projects"]}
        actions={
          administers &&
          shown?.length !== 0 && <PageLink href={pagePaths.approvalPolicy()}>View rules</PageLink>
        }
      >
        Changes that need a second person.
      </PageHeader>
      <ReadBoundary read={read}>
        <div className="stack">
          <Failure error={read.isRefetchError ? read.error : null} />
          <RouteTabs
            label="Requests"
            tabs={[
              {
                title: "Waiting",
                href: pagePaths.approvals(),
                isCurrent: filter.show === "waiting",
                count: first?.counts.open ?? null,
              },
              {
                title: "Decided",
                href: `${pagePaths.approvals()}?show=decided`,
                isCurrent: filter.show === "decided",
                count: first?.counts.decided ?? null,
              },
            ]}
          />
          <DataTable
            label={filter.show === "waiting" ? "Waiting requests" : "Decided requests"}
            columns={columns}
            rows={shown}
            getKey={({ id }) => id}
            widths="minmax(0, 2fr) minmax(0, 2fr) minmax(0, 1.6fr) minmax(0, 1fr)"
            empty={
              <NoRequests
                isPolicySet={first?.isPolicySet === true}
                isWaiting={filter.show === "waiting"}
                administers={administers}
              />
            }
          />
          {hasNextPage && (
            <TableFoot count={`${shown?.length ?? 0} of ${first?.counts[show] ?? 0} requests`}>
              <LoadMore read={read} words="Load older" />
            </TableFoot>
          )}
        </div>
      </ReadBoundary>
    </>
  )
}

function NoRequests({
  isPolicySet,
  isWaiting,
  administers,
}: {
  isPolicySet: boolean
  isWaiting: boolean
  administers: boolean
}) {
  return (
    <EmptyState
      icon="approve"
      title={
        !isPolicySet
          ? "Nothing needs approval here"
          : isWaiting
            ? "Nothing needs your approval"
            : "Nothing decided yet"
      }
      action={
        <div className="row gap-10">
          {administers && <PageLink href={pagePaths.approvalPolicy()}>View rules</PageLink>}
          <PageLink kind="quiet" href={pagePaths.notifications("email")}>
            Notification settings
          </PageLink>
        </div>
      }
    >
      {isPolicySet
        ? "A request appears here with what approving sends. You also get a notification."
        : "Without an approval policy, changes go to Atlas without approval."}
    </EmptyState>
  )
}

/** Puts the requests that wait for the person first. */
function listShown(approvals: readonly Approval[]): Approval[] {
  return approvals.toSorted((one, other) => Number(other.may.decide) - Number(one.may.decide))
}

/** Builds the columns of the table of requests. */
function createApprovalColumns(nameProject: (id: string) => string): Column<Approval>[] {
  return [
    {
      title: "Request",
      isHead: true,
      render: ({ id, plan, projectId }) => (
        <TwoLines below={`${toPlanSubject(plan)} · ${nameProject(projectId)}`}>
          <Link href={pagePaths.approval(id)}>
            <strong>{planWords[plan.kind]}</strong>{" "}
            <span className="visually-hidden">{toPlanSubject(plan)}</span>
          </Link>
        </TwoLines>
      ),
    },
    {
      title: "Requested by",
      render: (approval) => <TwoLines below={approval.reason}>{toRequesterName(approval)}</TwoLines>,
    },
    {
      title: "State",
      render: (approval) => <StateText {...toApprovalState(approval)} below={renderBelow(approval)} />,
    },
    { title: "Requested", isShort: true, render: ({ requestedAt }) => <Timestamp at={requestedAt} /> },
  ]
}

function renderBelow(approval: Approval) {
  const decision = toDecision(approval)
  if (decision !== null) return decision
  return (
    <>
      {approval.state === "expired" ? "Expired" : "Expires"} <Timestamp at={approval.expiresAt} />
    </>
  )
}
