import { getWaitingOn, isStatusSinceSeen, toStatusSince } from "@peering-desk/peering-rules"
import { readStatus, type AtlasPeer, type Container, type Peering } from "@peering-desk/shared-schemas"
import { useDeferredValue, useMemo, type ReactNode } from "react"
import { Link } from "wouter"
import { toContainerPlace, toNetworkLines, toStateWords, toTitleLines } from "#copy/peerings.ts"
import { pagePaths } from "#shared/page-paths.ts"
import type { FindContainer } from "#shared/polling/use-project-peerings.ts"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import styles from "#ui/table/DataTable.module.css"
import { Pill } from "#ui/marks/Pill.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { Elapsed } from "#ui/time/Timestamp.tsx"

/** As many rows as fit the first screen; the rest is drawn when these are there. */
const firstRows = 40

interface Props {
  /** Undefined while loading. */
  peerings: readonly Peering[] | undefined
  findContainer: FindContainer
  empty: ReactNode
}

/** The connections of a project. When one of 500 changes, one row renders. */
export function PeeringTable(props: Props) {
  // The first rows replace the skeleton at once: only a new table shows them before the rest.
  return <DeferredTable key={props.peerings === undefined ? "loading" : "loaded"} {...props} />
}

function DeferredTable({ peerings, findContainer, empty }: Props) {
  const shown = useDeferredValue(peerings, peerings?.slice(0, firstRows))
  const columns = useMemo(() => createColumns(findContainer), [findContainer])
  return (
    <DataTable
      label="Connections"
      columns={columns}
      rows={shown}
      getKey={({ id }) => id}
      widths="minmax(0, 5fr) minmax(0, 5fr) minmax(0, 5fr) 170px 100px"
      empty={empty}
    />
  )
}

function createColumns(findContainer: FindContainer): Column<Peering>[] {
  return [
    {
      title: "Connection",
      isHead: true,
      render({ id, projectId, peer, label }) {
        const [title, below] = toTitleLines(peer, label, findContainer(peer) ?? null)
        return (
          <TwoLines below={below}>
            <Link href={pagePaths.connection(projectId, id)} className={styles.rowLink}>
              {title}
            </Link>
          </TwoLines>
        )
      },
    },
    {
      title: "Your network",
      render({ peer }) {
        const [network, detail] = toNetworkLines(peer)
        return (
          <TwoLines mono below={detail}>
            {network}
          </TwoLines>
        )
      },
    },
    {
      title: "Atlas container",
      render: ({ peer }) => <ContainerLines peer={peer} container={findContainer(peer)} />,
    },
    {
      title: "State",
      isShort: true,
      render({ peer }) {
        const waitingOn = getWaitingOn(peer)
        return <Pill tone={waitingOn}>{toStateWords(waitingOn, readStatus(peer))}</Pill>
      },
    },
    {
      title: "In this state",
      isShort: true,
      render(peering) {
        const since = toStatusSince(peering.history)
        return since !== null && <Elapsed since={since} seenAlready={!isStatusSinceSeen(peering)} />
      },
    },
  ]
}

function ContainerLines({ peer, container }: { peer: AtlasPeer; container: Container | null | undefined }) {
  if (container === null) return <span className="mono">{peer.containerId}</span>
  return (
    <>
      {container === undefined ? <Skeleton width="short" /> : toContainerPlace(container)}
      <span className={`${styles.sub} mono`}>
        {container === undefined ? <Skeleton width="short" /> : container.atlasCidrBlock}
      </span>
    </>
  )
}
