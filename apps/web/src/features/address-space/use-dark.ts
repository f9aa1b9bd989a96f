import { useSyncExternalStore } from "react"

const query = "(prefers-color-scheme: dark)"

/** Tells if the system prefers dark colours, and follows changes. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(query).matches ?? false)
}

function subscribe(onChange: () => void): () => void {
  const list = globalThis.matchMedia?.(query)
  list?.addEventListener("change", onChange)
  return () => list?.removeEventListener("change", onChange)
}
