import { useEffect, useMemo, useRef } from "react"
import type { Arrival } from "#ui/PageHeader.tsx"

/**
 * Tells titles whether they take the focus: once for each navigation, and in place of a title that had it on the same page. Going back
 * is left to `use-way-back.ts`, and a person who went on before the title came keeps the focus. The router sends these events.
 */
export function useArrival(): Arrival {
  const isAwaited = useRef(false)
  /** The page before the router draws another one. */
  const here = useRef("")

  useEffect(() => {
    here.current = location.href
    const move = ({ type }: Event) => {
      here.current = location.href
      if (type !== "replaceState") isAwaited.current = type === "pushState" && history.state !== "keep-focus"
    }
    const leave = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === "Tab") isAwaited.current = false
    }
    const moves = ["pushState", "replaceState", "popstate"]
    const leaves = ["keydown", "pointerdown"]
    for (const type of moves) addEventListener(type, move)
    for (const type of leaves) addEventListener(type, leave, true)
    return () => {
      for (const type of moves) removeEventListener(type, move)
      for (const type of leaves) removeEventListener(type, leave, true)
    }
  }, [])

  return useMemo(
    () => ({
      take() {
        const takes = isAwaited.current
        isAwaited.current = false
        return takes
      },
      passOn() {
        // Going back draws the page before its event comes here.
        if (location.href === here.current) isAwaited.current = true
      },
    }),
    [],
  )
}
