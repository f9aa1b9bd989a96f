import type { PeeringList } from "@peering-desk/shared-schemas"
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { getDeletedPeering } from "#api/peerings/peering-cache.ts"
import { useProject } from "#api/projects/projects.ts"
import { getProblemText } from "#copy/problems.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { toDeletion, toLastKnown } from "#shared/deletion.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PollAdvice } from "./PollAdvice.tsx"
import { useProjectPeerings } from "#shared/polling/use-project-peerings.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { InPortions } from "./InPortions.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { PagePlace } from "./PagePlace.tsx"
import { PeeringView } from "./PeeringView.tsx"
import type { ViewName } from "./PeeringViews.tsx"

/** One connection, kept fresh by the event stream; a deleted one as it was last seen. */
export function PeeringPage({
  projectId,
  peeringId,
  view,
}: {
  projectId: string
  peeringId: string
  view: ViewName
}) {
  const queryClient = useQueryClient()
  const projectName = useProject(projectId)?.name ?? projectId
  const { list, findContainer } = useProjectPeerings(projectId)
  const waited = useAfter(1_500)
  const crumbs = [
    crumbTo(pagePaths.allConnections(), "Connections"),
    crumbTo(pagePaths.connections(projectId), projectName),
  ]

  const listed = list.data?.peerings.find(({ id }) => id === peeringId)
  const remembered = listed === undefined ? getDeletedPeering(queryClient, projectId, peeringId) : undefined
  const isUnlisted = list.data !== undefined && listed === undefined
  const { data: kept, isLoading } = useQuery({ ...tombstonesQuery(projectId), enabled: isUnlisted })
  const deleted = kept?.find(({ id }) => id === peeringId)
  const peering = listed ?? remembered?.peering ?? (deleted && toLastKnown(deleted))
  const { isLoading: isReadingFacts } = useQuery(
    peering === undefined ? { queryKey: ["network-facts"], queryFn: skipToken } : networkFactsQuery(peering),
  )
  if (peering !== undefined) {
    const container = findContainer(peering.peer)
    const watch = list.data?.watches.find(({ providerName }) => providerName === peering.peer.providerName)
    // The card waits a moment for its container and facts: a stop is never drawn as not checked because they are on their way.
    if ((container === undefined || isReadingFacts) && !waited) return <PagePlace crumbs={crumbs} />
    return (
      <InPortions place={<PagePlace crumbs={crumbs} />}>
        <PeeringView
          peering={peering}
          container={container ?? null}
          projectName={projectName}
          deletion={listed === undefined ? toDeletion(deleted, remembered?.at) : null}
          watch={watch ?? null}
          crumbs={crumbs}
          view={view}
        />
      </InPortions>
    )
  }
  if (list.data !== undefined && !isLoading) {
    return <Missing list={list.data} peeringId={peeringId} crumbs={crumbs} />
  }
  if (list.isError) {
    return (
      <>
        <PageHeader title="Connection" crumbs={crumbs} />
        <ReadFailure read={list} projectId={projectId} />
      </>
    )
  }
  return <PagePlace crumbs={crumbs} />
}

/** Shown when the list has no such connection, or could not be read for its cloud. */
function Missing({
  list,
  peeringId,
  crumbs,
}: {
  list: PeeringList
  peeringId: string
  crumbs: React.ReactNode[]
}) {
  const isUnread = list.watches.some(({ checkedAt }) => checkedAt === null)
  const words = getProblemText("peering_not_found")
  return (
    <>
      <PageHeader title={isUnread ? "Can't read this connection yet" : words.title} crumbs={crumbs}>
        <code>{peeringId}</code>
      </PageHeader>
      {isUnread ? (
        <PollAdvice watches={list.watches} />
      ) : (
        <EmptyState
          title={words.title}
          action={<PageLink href={pagePaths.connections(list.projectId)}>View connections</PageLink>}
        >
          {words.advice}
        </EmptyState>
      )}
    </>
  )
}
