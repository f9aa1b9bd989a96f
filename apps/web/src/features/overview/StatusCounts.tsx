import { Link } from "wouter"
import { stateGroupWords, toStateSlug } from "#copy/inventory.ts"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { MiniPath } from "#ui/marks/MiniPath.tsx"
import styles from "./overview.module.css"

type States = Parameters<typeof MiniPath>[0]["states"]

const p = "proven"
const l = "later"
/** A state with a path that is typical of it. */
const counted: readonly [state: "you" | "failed" | "atlas" | "works", states: States][] = [
  ["you", [p, l, p, p, "waiting", p, p]],
  ["failed", [l, l, l, l, "broken", l, p]],
  ["atlas", [p, l, p, p, "in-progress", p, p]],
  ["works", [p, p, p, p, p, p, p]],
]

/** The number of connections in each state, each a link into the list. */
export function StatusCounts({ rows }: { rows: readonly InventoryRow[] | undefined }) {
  return (
    <ul className={`grid card clip ${styles.counts}`} aria-label="Connections by status">
      {counted.map(([state, states]) => (
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
            <MiniPath states={states} says={null} />
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
