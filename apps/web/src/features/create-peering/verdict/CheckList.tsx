import type { Check } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { toCheckAnchor } from "./check-anchor.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { OverlapDrawing } from "./OverlapDrawing.tsx"
import styles from "./verdict.module.css"

/**
 * Lists checks in full sentences.
 * @param linked connections that another part of the panel links to
 */
export function CheckList({
  checks,
  linked = [],
  drawn = false,
}: {
  checks: readonly Check[]
  linked?: readonly string[]
  /** Draws overlapping CIDRs. */
  drawn?: boolean
}) {
  return (
    <ul className={`grid gap-8 ${styles.checks}`}>
      {checks.map(({ id, field, status, says, errorCode, peering }) => (
        <li key={`${id} ${field} ${says}`} id={toCheckAnchor({ id, field })} tabIndex={-1}>
          <p>
            {says}
            {/[.!?]$/.test(says) ? "" : "."}
            {peering !== undefined && !linked.includes(peering.peeringId) && (
              <>
                {" "}
                <Link href={pagePaths.connection(peering.projectId, peering.peeringId)}>Open connection</Link>
              </>
            )}
          </p>
          {status === "red" && errorCode !== null && <code className={styles.quiet}>{errorCode}</code>}
          {drawn && /overlap/.test(id) && <OverlapDrawing says={says} />}
        </li>
      ))}
    </ul>
  )
}
