import { useCallback, useSyncExternalStore } from "react"

/** Returns whether a media query matches; false where the browser has no layout, as in tests. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = globalThis.matchMedia?.(query)
      list?.addEventListener("change", listener)
      return () => list?.removeEventListener("change", listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(query).matches ?? false)
}
