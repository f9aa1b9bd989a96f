import { Link } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"
import { Notice } from "#ui/Notice.tsx"
import { formatCount } from "#copy/counts.ts"
import type { BatchEnd } from "./use-batch-create.ts"
import styles from "./coverage.module.css"

/** Links to the created connections. */
export function BatchEnds({ projectId, ends }: { projectId: string; ends: ReadonlyMap<string, BatchEnd> }) {
  const made = [...ends.values()].filter((end) => end.kind === "made")
  if (made.length === 0) return null
  return (
    <Notice tone="works" title={`${formatCount(made.length, "connection")} requested`} announce>
      <ul className={styles.made}>
        {made.map(({ title, peeringId }) => (
          <li key={peeringId}>
            <Link href={pagePaths.connection(projectId, peeringId)}>{title}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
