import { Link } from "wouter"
import { stateGroupWords, toStateSlug } from "#copy/inventory.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { LinkGlyph } from "#ui/marks/LinkGlyph.tsx"
import type { LinkShape } from "#ui/marks/link-shape.ts"
import styles from "./overview.module.css"

const counted: readonly [state: "you" | "failed" | "atlas" | "works", shape: LinkShape][] = [
  ["you", "waiting"],
  ["failed", "failed-yours"],
  ["atlas", "finalizing"],
  ["works", "available"],
]

/** The number of connections in each state, each a link into the list. */
export function StatusCounts({ rows }: { rows: readonly InventoryRow[] | undefined }) {
  return (
    <ul className={`grid card clip ${styles.counts}`} aria-label="Connections by status">
      {counted.map(([state, shape]) => (
        <li key={state}>
          <Link
            href={`${pagePaths.allConnections()}?status=${toStateSlug(state)}`}
            className={`grid level plain-link ${styles.countLink}`}
          >
            <span className={`number ${styles.number}`}>
              {rows === undefined
                ? "–"
                : rows.filter(({ turn }) => turn === state).length.toLocaleString("en-US")}
            </span>
            <LinkGlyph shape={shape} />
            <span className={`line quiet ${styles.state}`} data-tone={state}>
              <Icon name={state} />
              <span>{stateGroupWords[state]}</span>
            </span>
            <Icon name="chevron-right" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
