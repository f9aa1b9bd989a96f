import { stateSlugs } from "@peering-desk/peering-rules"
import type { Overview } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { stateGroupWords } from "#copy/inventory.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { MiniPath } from "#ui/marks/MiniPath.tsx"
import styles from "./overview.module.css"

type States = Parameters<typeof MiniPath>[0]["states"]

const p = "proven"
const l = "later"
/** A state with a path that is typical of it. */
const counted: readonly [
  state: "you" | "broken" | "failed" | "works",
  tone: "you" | "failed" | "works",
  states: States,
][] = [
  ["you", "you", [p, l, p, p, "waiting", p, p]],
  ["broken", "failed", [p, "broken", p, p, p, p, p]],
  ["failed", "failed", [l, l, l, l, "broken", l, p]],
  ["works", "works", [p, p, p, p, p, p, p]],
]

/** The number of connections in each state, each a link into the list. */
export function StatusCounts({ counts }: { counts: Overview["counts"] | undefined }) {
  return (
    <ul className={`grid card clip ${styles.counts}`} aria-label="Connections by status">
      {counted.map(([state, tone, states]) => (
        <li key={state}>
          <Link
            href={`${pagePaths.allConnections()}?status=${stateSlugs[state]}`}
            className={`grid level hover plain-link gap-6 gap-x-8 pad-y-12 pad-x-20 ${styles.countLink}`}
          >
            <span className="number figure">
              {counts === undefined ? "–" : counts[state].toLocaleString("en-US")}
            </span>
            <MiniPath states={states} says={null} />
            <span className={`line quiet ${styles.state}`} data-tone={tone}>
              <Icon name={tone} />
              <span>{stateGroupWords[state]}</span>
            </span>
            <Icon name="chevron-right" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
