import { useState } from "react"
import type { InventoryRow } from "@peering-desk/peering-rules"

/** The result for one connection; `null` while it waits. */
type Outcome<Result> = { result: Result } | { error: unknown } | null

/** Outcomes by the key of the row. */
export type Outcomes<Result> = Readonly<Record<string, Outcome<Result>>>

/** Does something to one connection after another, and keeps what became of each. A failure does not stop the others. */
export function useRun<Result>(task: (row: InventoryRow) => Promise<Result>) {
  const [outcomes, setOutcomes] = useState<Outcomes<Result>>({})
  const [isRunning, setRunning] = useState(false)

  async function run(rows: readonly InventoryRow[]): Promise<void> {
    setRunning(true)
    setOutcomes((before) => ({ ...before, ...Object.fromEntries(rows.map(({ key }) => [key, null])) }))
    for (const row of rows) {
      let outcome: Outcome<Result>
      try {
        // One after another: the server limits how many requests a person may send at a time.
        // oxlint-disable-next-line no-await-in-loop
        outcome = { result: await task(row) }
      } catch (error) {
        outcome = { error }
      }
      setOutcomes((before) => ({ ...before, [row.key]: outcome }))
    }
    setRunning(false)
  }

  return { outcomes, isRunning, run }
}

/** Returns the rows that failed. */
export function listFailed(rows: readonly InventoryRow[], outcomes: Outcomes<unknown>): InventoryRow[] {
  return rows.filter(({ key }) => {
    const outcome = outcomes[key]
    return outcome != null && "error" in outcome
  })
}
