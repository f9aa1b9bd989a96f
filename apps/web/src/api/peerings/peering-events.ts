import { apiUrls } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { createContext, useContext, useEffect, useSyncExternalStore } from "react"
import { doubtSession } from "#api/session.ts"
import type { BrowserParts, SharedStream, StreamState } from "#api/stream/shared-stream.ts"

/** What keeps the cache as fresh as the server is. */
export interface LiveUpdates {
  /** Follows a project until the returned function is called. */
  follow: (projectId: string) => () => void
  subscribe: (listener: () => void) => () => void
  readState: () => StreamState
  close: () => void
}

/** As when the line is cut, the list is read from time to time meanwhile. */
const loadAgainAfterMs = 15_000

/** Turns this browser's event stream into query-cache entries. What that takes is loaded after the page is there. */
export function createLiveUpdates(queryClient: QueryClient, parts: BrowserParts): LiveUpdates {
  let state: StreamState = { phase: "connecting", heardAt: null }
  const listeners = new Set<() => void>()
  const followed: string[] = []
  let stream: SharedStream | null = null
  let loading = false
  let closed = false
  let timer: ReturnType<typeof setTimeout>

  const options = {
    ...parts,
    toUrl: (projectIds: string[]) => apiUrls.events({ projects: projectIds.join(",") }),
    onState: keepState,
    onShutOut: () => doubtSession(queryClient),
  }

  function keepState(next: StreamState) {
    state = next
    for (const listener of listeners) listener()
  }

  function tellWanted() {
    stream?.want([...new Set(followed)])
    if (stream === null && !loading && !closed) void load()
  }

  async function load() {
    loading = true
    try {
      const { createLiveStream } = await import("./live-stream.ts")
      if (!closed) stream = createLiveStream(queryClient, options)
    } catch {
      keepState({ phase: "reconnecting", heardAt: null })
      timer = setTimeout(tellWanted, loadAgainAfterMs)
    }
    loading = false
    if (stream !== null) tellWanted()
  }

  return {
    follow(projectId) {
      followed.push(projectId)
      tellWanted()
      return () => {
        followed.splice(followed.indexOf(projectId), 1)
        stream?.want([...new Set(followed)])
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readState: () => state,
    close() {
      closed = true
      clearTimeout(timer)
      stream?.close()
    },
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
