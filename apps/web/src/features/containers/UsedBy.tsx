import { getWaitingOn } from "@peering-desk/peering-rules"
import type { Container } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { namePeering } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { StateText } from "#ui/marks/StateText.tsx"
import { useNow } from "#ui/time/now.ts"
import type { ContainerUse } from "./container-use.ts"
import styles from "./containers.module.css"

/** Leads to the connection of a container, or to the list of several with a count per state; or says what else uses it. */
export function UsedBy({
  projectId,
  container,
  use: { peerings, isKnown, isOrphan },
}: {
  projectId: string
  container: Container
  use: ContainerUse
}) {
  const now = useNow()
  if (peerings.length === 0) {
    const [title, below] = toUseWords(container, isKnown, isOrphan)
    return (
      <>
        {title}
        <span className="block faint small lines-15 regular">{below}</span>
      </>
    )
  }
  const [only] = peerings
  if (peerings.length === 1 && only !== undefined) {
    const { tone, title } = summariseState(only.peer, {}, now)
    return (
      <span className={`grid level gap-x-10 ${styles.connection}`}>
        <Link href={pagePaths.connection(projectId, only.id)} className="pad-y-2">
          {namePeering(only)}
        </Link>
        <StateText tone={tone} words={title} />
      </span>
    )
  }
  return (
    <span className="row gap-4 gap-x-14">
      <Link href={`${pagePaths.connections(projectId)}?q=${container.id}`} className="pad-y-2">
        {formatCount(peerings.length, "connection")}
      </Link>
      {tones.map(([tone, words]) => {
        const count = peerings.filter(({ peer }) => getWaitingOn(peer) === tone).length
        if (count === 0) return null
        return (
          <StateText
            key={tone}
            tone={tone}
            words={
              <>
                {count} <span className="visually-hidden">{words}</span>
              </>
            }
          />
        )
      })}
    </span>
  )
}

const tones = [
  ["works", "available"],
  ["you", "action required"],
  ["failed", "failed"],
  ["atlas", "in progress"],
  ["closing", "being deleted"],
  ["unknown", "in an unknown state"],
] as const

function toUseWords({ provisioned }: Container, isKnown: boolean, isOrphan: boolean): [string, string] {
  if (isOrphan) return ["Unused", "still reserves its CIDR"]
  if (provisioned === true)
    return isKnown ? ["Clusters", "no connections"] : ["In use", "connections not checked"]
  return isKnown ? ["Unknown", "not reported by Atlas"] : ["Not checked", "connections can't be read"]
}
