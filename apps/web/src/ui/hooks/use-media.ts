import { useCallback, useSyncExternalStore } from "react"

/**
 * Returns whether a media query matches; false where the browser has no layout, as in tests. Null on the server and while a browser takes
 * over what it drew: both are drawn then, and CSS hides one.
 */
export function useMedia(query: string): boolean | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = globalThis.matchMedia?.(query)
      list?.addEventListener("change", listener)
      return () => list?.removeEventListener("change", listener)
    },
    [query],
  )
  return useSyncExternalStore<boolean | null>(
    subscribe,
    () => globalThis.matchMedia?.(query).matches ?? false,
    readNothing,
  )
}

const readNothing = () => null
