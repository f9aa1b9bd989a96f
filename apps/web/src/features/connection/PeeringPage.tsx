import type { Container, Peering, PeeringList, DeletedPeering } from "@peering-desk/shared-schemas"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Link } from "wouter"
import { getDeletedPeering } from "#api/peerings/peering-cache.ts"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { Button, LinkButton } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { useAfter } from "#ui/hooks/use-after.ts"
import { toPeeringTitle, toPlace } from "#copy/peerings.ts"
import { getProblemText, toProblemWords } from "#copy/problems.ts"
import { ConnectionGuide } from "./ConnectionGuide.tsx"
import { PeeringIdentifiers } from "./PeeringIdentifiers.tsx"
import styles from "./PeeringPage.module.css"
import { PeeringStatusCard } from "#features/connection/status/PeeringStatusCard.tsx"
import { useProjectPeerings } from "#shared/polling/use-project-peerings.ts"
import { PollAdvice } from "#shared/polling/PollAdvice.tsx"
import { PollStatus } from "#shared/polling/PollStatus.tsx"

/** One connection, kept fresh by the event stream; a deleted one as it was last seen. */
export function PeeringPage({ projectId, peeringId }: { projectId: string; peeringId: string }) {
  const queryClient = useQueryClient()
  const { list, findContainer } = useProjectPeerings(projectId)
  const waitedForContainer = useAfter(1_500)
  const up = <Link href={pagePaths.connections(projectId)}>Connections</Link>

  const listed = list.data?.peerings.find(({ id }) => id === peeringId)
  const remembered = listed === undefined ? getDeletedPeering(queryClient, projectId, peeringId) : undefined
  const isMissing = list.data !== undefined && listed === undefined && remembered === undefined
  const { data: kept, isLoading } = useQuery({ ...tombstonesQuery(projectId), enabled: isMissing })
  const tombstone = remembered ?? toRemembered(kept?.find(({ id }) => id === peeringId))
  const peering = listed ?? tombstone?.peering
  const container = peering === undefined ? undefined : findContainer(peering.peer)
  if (peering !== undefined) {
    return (
      <Known
        // Both are asked for at once; the card waits a moment for its container rather than grow when it comes.
        isWaiting={container === undefined && !waitedForContainer}
        peering={peering}
        container={container}
        goneAt={tombstone?.at ?? null}
        watches={list.data?.watches ?? []}
        up={up}
      />
    )
  }
  if (list.data !== undefined && !isLoading) return <Missing list={list.data} peeringId={peeringId} up={up} />
  if (list.isError) {
    return (
      <>
        <PageHeader title="Connection" crumbs={[up]} />
        <RefusalNotice
          words={toProblemWords(list.error)}
          projectId={projectId}
          actions={
            <Button onClick={() => !list.isFetching && void list.refetch()} aria-disabled={list.isFetching}>
              Try again
            </Button>
          }
        />
      </>
    )
  }
  return (
    <>
      <PageHeader title="Connection" crumbs={[up]}>
        <p>
          <Skeleton />
        </p>
        <p>Asking Atlas</p>
      </PageHeader>
      <CardPlace />
    </>
  )
}

/** Rebuilds a deleted connection from what the server keeps of it. */
function toRemembered(kept: DeletedPeering | undefined) {
  if (kept === undefined) return undefined
  const { goneAt, ...known } = kept
  return { peering: { ...known, beginSeen: false, createdAt: null, leftAvailableAt: null }, at: goneAt }
}

function Known({
  isWaiting,
  peering,
  container,
  goneAt,
  watches,
  up,
}: {
  isWaiting: boolean
  peering: Peering
  container: Container | null | undefined
  goneAt: string | null
  watches: PeeringList["watches"]
  up: React.ReactNode
}) {
  const ofCloud = watches.filter(({ providerName }) => providerName === peering.peer.providerName)
  return (
    <>
      <PageHeader title={toPeeringTitle(peering.peer)} crumbs={[up]}>
        <p>
          {peering.label !== null && `${peering.label} · `}
          {toPlace(peering.peer, container ?? null)}
        </p>
        <PollStatus watches={ofCloud} />
      </PageHeader>
      {isWaiting ? (
        <CardPlace />
      ) : (
        <>
          <PeeringStatusCard peering={peering} container={container} goneAt={goneAt} />
          <ConnectionGuide peering={peering} container={container ?? null} goneAt={goneAt} />
          <div className={styles.below}>
            <PeeringIdentifiers peering={peering} container={container} />
          </div>
        </>
      )}
      <PollAdvice watches={ofCloud} />
    </>
  )
}

/** The status card before it is known. */
function CardPlace() {
  return <div className={styles.cardPlace} aria-busy="true" />
}

/** Shown when the list has no such connection, or could not be read for its cloud. */
function Missing({ list, peeringId, up }: { list: PeeringList; peeringId: string; up: React.ReactNode }) {
  const unread = list.watches.some(({ checkedAt }) => checkedAt === null)
  const words = getProblemText("peering_not_found")
  return (
    <>
      <PageHeader title={unread ? "Not known yet" : words.title} crumbs={[up]}>
        <code>{peeringId}</code>
      </PageHeader>
      {unread ? <PollAdvice watches={list.watches} /> : <p>{words.advice}</p>}
      <p className={styles.raw}>
        <Link href={pagePaths.connections(list.projectId)} asChild>
          <LinkButton>All connections</LinkButton>
        </Link>
      </p>
    </>
  )
}
