import { useCallback, useMemo, useState } from "react"
import type { InventoryRow } from "@peering-desk/peering-rules"
import type { Selection } from "#ui/table/DataTable.tsx"

const nameOf = ({ title }: InventoryRow) => title

/** Keeps which rows are selected. A row that the list no longer shows is not selected any more. */
export function useSelection(shown: readonly InventoryRow[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const onToggle = useCallback((key: string) => {
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const onToggleAll = useCallback((keys: readonly string[], isOn: boolean) => {
    setChosen((before) => {
      const next = new Set(before)
      for (const key of keys) {
        if (isOn) next.add(key)
        else next.delete(key)
      }
      return next
    })
  }, [])
  const onClear = useCallback(() => setChosen((before) => (before.size === 0 ? before : new Set())), [])
  const rows = useMemo(
    () => (chosen.size === 0 ? [] : shown.filter(({ key }) => chosen.has(key))),
    [shown, chosen],
  )
  const selection = useMemo<Selection<InventoryRow>>(
    () => ({ selected: chosen, nameOf, onToggle, onToggleAll }),
    [chosen, onToggle, onToggleAll],
  )
  return { selection, rows, onClear }
}
