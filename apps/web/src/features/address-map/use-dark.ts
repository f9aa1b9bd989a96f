import { useSyncExternalStore } from "react"

const query = "(prefers-color-scheme: dark)"

/** Whether the system asks for dark colours; changes while the page is open. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(query).matches ?? false)
}

function subscribe(onChange: () => void): () => void {
  const list = globalThis.matchMedia?.(query)
  list?.addEventListener("change", onChange)
  return () => list?.removeEventListener("change", onChange)
}
