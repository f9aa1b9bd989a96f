import { readStatus, type AtlasPeer, type Container, type Peering } from "@peering-desk/shared-schemas"
import { isStatusSinceSeen, toStatusSince, getWaitingOn } from "@peering-desk/peering-rules"
import { memo } from "react"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Pill } from "#ui/Pill.tsx"
import { Skeleton } from "#ui/Skeleton.tsx"
import { Elapsed } from "#ui/time/Timestamp.tsx"
import { toContainerPlace, toNetworkLines, toStateWords, toTitleLines } from "#copy/peerings.ts"
import styles from "./PeeringTable.module.css"

interface Props {
  peering: Peering
  container: Container | null | undefined
}

/** One connection of the list. Memoised: when one of 500 changes, one renders. */
export const PeeringRow = memo(function PeeringRow({ peering, container }: Props) {
  const { peer, history, label } = peering
  const turn = getWaitingOn(peer)
  const since = toStatusSince(history)
  const [title, below] = toTitleLines(peer, label, container ?? null)
  const [network, detail] = toNetworkLines(peer)
  return (
    <tr className={styles.row}>
      <th scope="row">
        <Link href={pagePaths.connection(peering.projectId, peering.id)} className={styles.title}>
          {title}
        </Link>
        <span className={styles.sub}>{below}</span>
      </th>
      <td>
        <span className={styles.mono}>{network}</span>
        <span className={`${styles.sub} ${styles.mono}`}>{detail}</span>
      </td>
      <td>
        <ContainerLines peer={peer} container={container} />
      </td>
      <td className={styles.state}>
        <Pill tone={turn}>{toStateWords(turn, readStatus(peer))}</Pill>
      </td>
      <td className={styles.since}>
        {since !== null && <Elapsed since={since} seenAlready={!isStatusSinceSeen(peering)} />}
      </td>
    </tr>
  )
})

function ContainerLines({ peer, container }: { peer: AtlasPeer; container: Container | null | undefined }) {
  if (container === null) return <span className={styles.mono}>{peer.containerId}</span>
  return (
    <>
      {container === undefined ? <Skeleton width="short" /> : toContainerPlace(container)}
      <span className={`${styles.sub} ${styles.mono}`}>
        {container === undefined ? <Skeleton width="short" /> : container.atlasCidrBlock}
      </span>
    </>
  )
}
