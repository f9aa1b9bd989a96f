import { useSyncExternalStore } from "react"

/** Returns the text after the `#`; it changes when another link is opened in the same tab. */
export function useLinkToken(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1))
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}
