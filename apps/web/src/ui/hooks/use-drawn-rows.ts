import { startTransition, useEffect, useMemo, useState } from "react"
import { useIsHydrated } from "#ui/first-render.ts"

/** So many new rows are drawn at once; the first of them fill the screen. */
const rowsAtOnce = 12

/**
 * Returns the rows that were drawn before, and a few more new ones whenever the browser is idle, so that typing waits for few of them. A
 * server draws all of the first ones.
 */
export function useDrawnRows<Row extends { key: string }>(rows: readonly Row[]): readonly Row[] {
  const isHydrated = useIsHydrated()
  const [there, setThere] = useState<ReadonlySet<string>>(
    () => new Set(isHydrated ? [] : rows.map(({ key }) => key)),
  )
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
