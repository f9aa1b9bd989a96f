import { Link } from "wouter"
import { Notice } from "#ui/Notice.tsx"
import { formatCount } from "#copy/counts.ts"
import type { BatchEnd } from "./use-batch-create.ts"

/** Links to the created connections, or to the requests that wait for approval. */
export function BatchEnds({ ends }: { ends: ReadonlyMap<string, BatchEnd> }) {
  const made = [...ends.values()].filter((end) => end.kind === "made")
  if (made.length === 0) return null
  return (
    <Notice tone="works" title={`${formatCount(made.length, "connection")} requested`} announce>
      <ul>
        {made.map(({ title, href }) => (
          <li key={href}>
            {/* Stacked links are 24 px high, the smallest touch target. */}
            <Link href={href} className="inline-block pad-y-4">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
