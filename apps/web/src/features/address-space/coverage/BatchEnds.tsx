import { Link } from "wouter"
import { Notice } from "#ui/Notice.tsx"
import { formatCount } from "#copy/counts.ts"
import type { BatchEnd } from "./use-batch-create.ts"
import styles from "./coverage.module.css"

/** Links to the created connections, or to the requests that wait for approval. */
export function BatchEnds({ ends }: { ends: ReadonlyMap<string, BatchEnd> }) {
  const made = [...ends.values()].filter((end) => end.kind === "made")
  if (made.length === 0) return null
  return (
    <Notice tone="works" title={`${formatCount(made.length, "connection")} requested`} announce>
      <ul className={styles.made}>
        {made.map(({ title, href }) => (
          <li key={href}>
            <Link href={href}>{title}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
