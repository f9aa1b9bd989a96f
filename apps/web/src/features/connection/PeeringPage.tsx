import type { Peering, PeeringList, Watch } from "@peering-desk/shared-schemas"
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { getDeletedPeering } from "#api/peerings/peering-cache.ts"
import { useNameProject } from "#api/projects/projects.ts"
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
  const projectName = useNameProject()(projectId)
  const { list, findContainer } = useProjectPeerings(projectId)
  const waited = useAfter(1_500)
  const crumbs = [
    crumbTo(pagePaths.allConnections(), "Connections"),
    crumbTo(pagePaths.connections(projectId), projectName),
  ]

  const { peering, deletion, isLoading } = useSeenPeering(projectId, peeringId, list.data)
  const { isLoading: isReadingFacts } = useQuery(
    peering === undefined ? { queryKey: ["network-facts"], queryFn: skipToken } : networkFactsQuery(peering),
  )
  if (peering !== undefined) {
    const container = findContainer(peering.peer)
    // The card waits a moment for its container and facts: a stop is never drawn as not checked because they are on their way.
    if ((container === undefined || isReadingFacts) && !waited) return <PagePlace crumbs={crumbs} />
    return (
      <InPortions place={<PagePlace crumbs={crumbs} />}>
        <PeeringView
          peering={peering}
          container={container ?? null}
          projectName={projectName}
          deletion={deletion}
          watch={findWatch(list.data, peering)}
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

/** Finds a connection in Atlas's list, or else as it was last seen. */
function useSeenPeering(projectId: string, peeringId: string, list: PeeringList | undefined) {
  const queryClient = useQueryClient()
  const listed = list?.peerings.find(({ id }) => id === peeringId)
  const isUnlisted = list !== undefined && listed === undefined
  const { data: kept, isLoading } = useQuery({ ...tombstonesQuery(projectId), enabled: isUnlisted })
  if (listed !== undefined) return { peering: listed, deletion: null, isLoading }
  const remembered = getDeletedPeering(queryClient, projectId, peeringId)
  const deleted = kept?.find(({ id }) => id === peeringId)
  return {
    peering: remembered?.peering ?? (deleted && toLastKnown(deleted)),
    deletion: toDeletion(deleted, remembered?.at),
    isLoading,
  }
}

function findWatch(list: PeeringList | undefined, { peer }: Peering): Watch | null {
  return list?.watches.find(({ providerName }) => providerName === peer.providerName) ?? null
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
