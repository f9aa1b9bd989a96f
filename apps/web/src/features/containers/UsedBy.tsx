import type { Container } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Link } from "wouter"
import { formatCount } from "#copy/counts.ts"
import { toPeeringTitle } from "#copy/peerings.ts"
import { summariseState } from "#copy/state-summary.ts"
import { getLinkShape } from "#shared/link-shape.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { LinkGlyph } from "#ui/marks/LinkGlyph.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { useNow } from "#ui/time/now.ts"
import type { ContainerUse } from "./container-use.ts"
import styles from "./containers.module.css"

const shownAtFirst = 3

/** Lists the connections of a container with their states, or says what else uses it. */
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
  const [isWhole, setIsWhole] = useState(false)
  if (peerings.length === 0) {
    const [title, below] = toUseWords(container, isKnown, isOrphan)
    return (
      <>
        {title}
        <span className={styles.sub}>{below}</span>
      </>
    )
  }
  const shown = isWhole ? peerings : peerings.slice(0, shownAtFirst)
  const rest = peerings.length - shown.length
  return (
    <>
      <span className="visually-hidden">{formatCount(peerings.length, "connection")}</span>
      <ul className={styles.connections}>
        {shown.map(({ id, peer, label }) => {
          const { tone, title } = summariseState(peer, {}, now)
          return (
            <li key={id}>
              <LinkGlyph shape={getLinkShape(peer, false)} />
              <Link href={pagePaths.connection(projectId, id)}>{label ?? toPeeringTitle(peer)}</Link>
              <StateText tone={tone}>{title}</StateText>
            </li>
          )
        })}
      </ul>
      {rest > 0 && (
        <Button size="small" kind="quiet" onClick={() => setIsWhole(true)}>
          + {rest} more
        </Button>
      )}
    </>
  )
}

function toUseWords({ provisioned }: Container, isKnown: boolean, isOrphan: boolean): [string, string] {
  if (isOrphan) return ["Unused", "still reserves its CIDR"]
  if (provisioned === true)
    return isKnown ? ["Clusters", "no connections"] : ["In use", "connections not checked"]
  return isKnown ? ["Unknown", "not reported by Atlas"] : ["Not checked", "connections can't be read"]
}
