import { useSyncExternalStore } from "react"

/** Returns the text after the `#`; it changes when another link is opened in the same tab. Null on a server, to which browsers don't send it. */
export function useLinkToken(): string | null {
  return useSyncExternalStore(subscribe, readToken, () => null)
}

const readToken = () => location.hash.slice(1)

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener)
  return () => removeEventListener("hashchange", listener)
}
