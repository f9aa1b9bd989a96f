import { startTransition, useEffect, useMemo, useState } from "react"

/** So many new rows are drawn at once; the first of them fill the screen. */
const rowsAtOnce = 12

/** Returns the rows that were drawn before, and a few more new ones whenever the browser is idle, so that typing waits for few of them. */
export function useDrawnRows<Row extends { key: string }>(rows: readonly Row[]): readonly Row[] {
  const [there, setThere] = useState<ReadonlySet<string>>(new Set())
  const drawn = useMemo(() => {
    const next = new Set(rows.filter(({ key }) => !there.has(key)).slice(0, rowsAtOnce))
    return rows.filter((row) => there.has(row.key) || next.has(row))
  }, [rows, there])
  useEffect(() => {
    const isThere = drawn.length === there.size && drawn.every(({ key }) => there.has(key))
    if (!isThere) startTransition(() => setThere(new Set(drawn.map(({ key }) => key))))
  }, [drawn, there])
  return drawn
}
