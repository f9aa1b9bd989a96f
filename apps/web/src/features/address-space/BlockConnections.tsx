import { getWaitingOn, type AddressBlock } from "@peering-desk/peering-rules"
import { readStatus } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toPeeringTitle, toStateWords } from "#copy/peerings.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { StateText } from "#ui/marks/StateText.tsx"

/** Links to the connections of some blocks, each with its state. */
export function BlockConnections({ blocks, most }: { blocks: readonly AddressBlock[]; most: number }) {
  const byKey = new Map(
    blocks
      .flatMap(({ peerings }) => peerings)
      .map((peering) => [`${peering.project.id} ${peering.peer.providerName} ${peering.peer.id}`, peering]),
  )
  if (byKey.size === 0) return null
  return (
    <ul className="grid gap-2">
      {[...byKey].slice(0, most).map(([key, { project, peer }]) => {
        const waitingOn = getWaitingOn(peer)
        return (
          <li key={key} className="baseline split gap-0 gap-x-12 narrow">
            <Link
              href={pagePaths.connection(project.id, peer.id)}
              className="inline-block narrow pad-y-2 wrap"
            >
              Open {toPeeringTitle(peer)}
            </Link>
            <StateText tone={waitingOn} words={toStateWords(waitingOn, readStatus(peer))} />
          </li>
        )
      })}
      {byKey.size > most && <li>+ {(byKey.size - most).toLocaleString("en-US")} more</li>}
    </ul>
  )
}
