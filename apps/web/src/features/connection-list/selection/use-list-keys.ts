import { useEffect, useRef, type RefObject } from "react"
import { readSingleKeys } from "#shared/single-keys.ts"

interface ListKeys {
  /** The element around the list. */
  list: RefObject<HTMLElement | null>
  onToggle: (key: string) => void
  onClear: () => void
}

/**
 * Moves through the rows of a list with J and K, selects one with X, and clears the selection with Escape. Enter opens a row, since the
 * focus is on its link. Keys that are typed into a field, or belong to a dialog, a menu or another shortcut, are left alone.
 */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { list, onToggle, onClear } = latest.current
      if (list.current === null || isElsewhere(event)) return
      const steps: Record<string, () => void> = {
        j: () => move(list.current, 1),
        k: () => move(list.current, -1),
        x: () => {
          const key = getRow(document.activeElement)?.dataset["key"]
          if (key !== undefined) onToggle(key)
        },
        Escape: onClear,
      }
      const step = steps[event.key]
      if (step === undefined || (event.key !== "Escape" && !readSingleKeys())) return
      if (event.key !== "Escape") event.preventDefault()
      step()
    }
    // After the shortcuts of the whole page, which listen on the document.
    globalThis.addEventListener("keydown", press)
    return () => globalThis.removeEventListener("keydown", press)
  }, [])
}

function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    (target?.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") ?? null) !== null ||
    document.querySelector("dialog[open], [role=menu]") !== null
  )
}

function move(list: HTMLElement | null, by: number): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>("tr[data-key]") ?? [])]
  const at = rows.findIndex((row) => row === getRow(document.activeElement))
  const next = at === -1 ? rows[by > 0 ? 0 : rows.length - 1] : rows[at + by]
  const link = next?.querySelector<HTMLElement>("th a")
  link?.focus()
  next?.scrollIntoView?.({ block: "nearest" })
}

function getRow(element: Element | null): HTMLElement | null {
  return element?.closest<HTMLElement>("tr[data-key]") ?? null
}
