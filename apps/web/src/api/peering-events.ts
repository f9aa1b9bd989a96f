import { apiUrls } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { createContext, useContext, useEffect, useSyncExternalStore } from "react"
import { applyStreamEvent } from "./peering-cache.ts"
import { createSharedStream, type BrowserParts, type StreamState } from "./shared-stream.ts"

/** What keeps the cache as fresh as the server is. */
export interface LiveUpdates {
  /** Follows a project until the returned function is called. */
  follow: (projectId: string) => () => void
  subscribe: (listener: () => void) => () => void
  readState: () => StreamState
  close: () => void
}

/** Turns this browser's event stream into query-cache entries. */
export function createLiveUpdates(queryClient: QueryClient, parts: BrowserParts): LiveUpdates {
  let state: StreamState = { phase: "connecting", heardAt: null }
  const listeners = new Set<() => void>()
  const followed: string[] = []

  const stream = createSharedStream({
    ...parts,
    toUrl: apiUrls.events,
    onEvent: (event) => applyStreamEvent(queryClient, event),
    onState(next) {
      state = next
      for (const listener of listeners) listener()
    },
  })

  return {
    follow(projectId) {
      followed.push(projectId)
      stream.want([...new Set(followed)])
      return () => {
        followed.splice(followed.indexOf(projectId), 1)
        stream.want([...new Set(followed)])
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readState: () => state,
    close: stream.close,
  }
}

/** The parts of the browser that this one has. */
export function readBrowserParts(): BrowserParts {
  return {
    openEventSource: (url) => new EventSource(url),
    // Absent where the page came over plain HTTP from another machine, whatever the type says.
    locks: (navigator.locks as LockManager | undefined) ?? null,
    openChannel: (channelName) => new BroadcastChannel(channelName),
  }
}

export const LiveContext = createContext<LiveUpdates | null>(null)

function useLive(): LiveUpdates {
  const live = useContext(LiveContext)
  if (live === null) throw new Error("No LiveContext above this component")
  return live
}

/** Follows a project for as long as the component is there. */
export function useFollow(projectId: string | null): void {
  const live = useLive()
  useEffect(() => (projectId === null ? undefined : live.follow(projectId)), [live, projectId])
}

/** How the stream is doing. */
export function useStreamState(): StreamState {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, live.readState)
}

/** The same, narrowed to what a component needs, so that it does not render on each event heard. */
export function useIsReconnecting(): boolean {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.readState().phase === "reconnecting")
}
