import { readStatus, type Container } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import type { ContainerUse } from "./container-use.ts"
import { toPeeringTitle } from "#copy/peerings.ts"
import styles from "./containers.module.css"

const shownAtFirst = 3

/** Lists the peerings of a container in use. */
export function UsedBy({
  projectId,
  container,
  use: { peerings, isKnown },
}: {
  projectId: string
  container: Container
  use: ContainerUse
}) {
  const [isWhole, setIsWhole] = useState(false)
  const shown = isWhole ? peerings : peerings.slice(0, shownAtFirst)
  const rest = peerings.length - shown.length
  return (
    <>
      <p>{toUseWords(container, peerings.length, isKnown)}</p>
      {shown.length > 0 && (
        <ul className={styles.networks}>
          {shown.map(({ id, peer }) => (
            <li key={id}>
              <Link href={pagePaths.connection(projectId, id)}>
                <code>{toPeeringTitle(peer)}</code>
              </Link>{" "}
              <span className={styles.fine}>{readStatus(peer) ?? "no status"}</span>
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && (
        <Button size="small" kind="quiet" onClick={() => setIsWhole(true)}>
          and {rest} more
        </Button>
      )}
    </>
  )
}

function toUseWords({ provisioned }: Container, count: number, isKnown: boolean): string {
  if (count > 0) {
    const connections = count === 1 ? "one connection" : `${count} connections`
    return provisioned === false ? `Atlas sets it up for ${connections}` : `In use by ${connections}`
  }
  if (provisioned === true) return isKnown ? "In use, by no connection" : "In use"
  if (provisioned === false) return "Not set up yet"
  return "Atlas does not say whether it is in use"
}
