import type { ReactNode } from "react"
import { toProblemWords } from "#copy/problems.ts"
import type { InventoryRow } from "@peering-desk/peering-rules"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./actions.module.css"
import type { Outcomes } from "./use-run.ts"

/** The connections that something is done to, each with what will happen, or with what became of it. */
export function OutcomeList<Result>({
  label,
  rows,
  outcomes,
  describe,
  renderResult,
}: {
  label: string
  rows: readonly InventoryRow[]
  outcomes: Outcomes<Result>
  /** The effect on a connection, before anything is done. */
  describe: (row: InventoryRow) => ReactNode
  renderResult: (result: Result, row: InventoryRow) => ReactNode
}) {
  return (
    <ul className={`line-above ${styles.rows}`} aria-label={label}>
      {rows.map((row) => {
        const outcome = outcomes[row.key]
        return (
          <li key={row.key} className="row line-below gap-2 gap-x-10 high-40 pad-y-5">
            {outcome === undefined || outcome === null ? (
              <CloudMark cloud={row.peering.peer.providerName} />
            ) : (
              <Icon name={"error" in outcome ? "failed" : "works"} />
            )}
            <span className="strong">{row.title}</span>
            {outcome === undefined && <span className="grow narrow quiet text-13">{describe(row)}</span>}
            {outcome === null && <span className="grow narrow quiet text-13">Waiting…</span>}
            {outcome != null && "error" in outcome && <Failure error={outcome.error} />}
            {outcome != null && "result" in outcome && renderResult(outcome.result, row)}
          </li>
        )
      })}
    </ul>
  )
}

function Failure({ error }: { error: unknown }) {
  const { title, detail, atlas } = toProblemWords(error)
  const more = atlas?.detail ?? detail
  return (
    <span className="grow narrow tone-failed text-13">
      {title}
      {more !== null && `: ${more}`}
    </span>
  )
}
