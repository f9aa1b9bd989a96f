import { useState } from "react"
import type { InventoryRow } from "@peering-desk/peering-rules"

/** The result for one connection; `null` while it waits. */
type Outcome<Result> = { result: Result } | { error: unknown } | null

/** Outcomes by the key of the row. */
export type Outcomes<Result> = Readonly<Record<string, Outcome<Result>>>

/**
 * Does something to one connection after another, and keeps what became of each. A failure does not stop the others; running it again
 * does it to those alone that failed.
 */
export function useRun<Result>(rows: readonly InventoryRow[], task: (row: InventoryRow) => Promise<Result>) {
  const [outcomes, setOutcomes] = useState<Outcomes<Result>>({})
  const [isRunning, setRunning] = useState(false)

  const isAsked = Object.keys(outcomes).length > 0
  const failed = rows.filter(({ key }) => {
    const outcome = outcomes[key]
    return !isRunning && outcome != null && "error" in outcome
  })

  async function run(): Promise<void> {
    const tried = isAsked ? failed : rows
    setRunning(true)
    setOutcomes((before) => ({ ...before, ...Object.fromEntries(tried.map(({ key }) => [key, null])) }))
    for (const row of tried) {
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

  return { outcomes, isAsked, isRunning, failed, run }
}
