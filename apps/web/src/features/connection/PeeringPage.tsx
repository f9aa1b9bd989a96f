import { findContainerOf, type Peering, type PeeringList, type Watch } from "@peering-desk/shared-schemas"
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query"
import { useDeferredValue, type ReactNode } from "react"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { getDeletedPeering } from "#api/peerings/peering-cache.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { useNameProject } from "#api/projects/projects.ts"
import { getProblemText } from "#copy/problems.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { toDeletion, toLastKnown } from "#shared/deletion.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PollAdvice } from "./PollAdvice.tsx"
import { useLivePeerings } from "#shared/polling/use-live-peerings.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { useIsHydrated } from "#ui/first-render.ts"
import { EmptyState } from "#ui/EmptyState.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import styles from "./PeeringPage.module.css"
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
  const list = useLivePeerings(projectId)
  const { data: containers, isFetched: areContainersRead } = useQuery(containersQuery(projectId))
  const waited = useAfter(1_500)
  const crumbs = [
    crumbTo(pagePaths.allConnections(), "Connections"),
    crumbTo(pagePaths.connections(projectId), projectName),
  ]

  const { peering, deletion, isLoading } = useSeenPeering(projectId, peeringId, list.data)
  const facts = useQuery(
    peering === undefined ? { queryKey: ["network-facts"], queryFn: skipToken } : networkFactsQuery(peering),
  )
  // Parts of the page read them again once they could not be read, and it stays meanwhile.
  const isReadingFacts = facts.isLoading && !facts.isFetched
  if (peering !== undefined) {
    // The card waits a moment for its container and facts: a stop is never drawn as not checked because they are on their way.
    if ((!areContainersRead || isReadingFacts) && !waited) return <PagePlace crumbs={crumbs} />
    return (
      <InPortions place={<PagePlace crumbs={crumbs} />}>
        <PeeringView
          peering={peering}
          container={findContainerOf(peering.peer, containers)}
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

/** The page before its connection is known, as high as it will be. */
function PagePlace({ crumbs }: { crumbs: ReactNode[] }) {
  return (
    <>
      <PageHeader title="Connection" crumbs={crumbs} isPlace>
        <Skeleton width="long" />
      </PageHeader>
      <div className={`edge on-card rounded-14 ${styles.cardPlace}`} aria-busy="true">
        <span className="visually-hidden">Loading the connection</span>
      </div>
    </>
  )
}

/**
 * Shows a place first and draws what is to stand there in small portions, between which the browser can answer. A page that the server
 * draws has it at once, and is taken over in portions anyway.
 */
function InPortions({ place, children }: { place: ReactNode; children: ReactNode }) {
  return useDeferredValue(true, !useIsHydrated()) ? children : place
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
function Missing({ list, peeringId, crumbs }: { list: PeeringList; peeringId: string; crumbs: ReactNode[] }) {
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
