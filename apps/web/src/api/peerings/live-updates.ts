import { apiUrls } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { createContext, useContext, useEffect, useSyncExternalStore } from "react"
import { readSessionAgain } from "#api/session.ts"
import { noteEventTime } from "#api/simulated-time.ts"
import {
  createSharedStream,
  type BrowserParts,
  type SharedStream,
  type StreamState,
} from "#api/stream/shared-stream.ts"
import { applyStreamEvent } from "./peering-cache.ts"

/** Keeps the query cache as fresh as the server is. */
export interface LiveUpdates {
  /** Follows a project until the returned function is called. */
  follow: (projectId: string) => () => void
  subscribe: (listener: () => void) => () => void
  readState: () => StreamState
  close: () => void
}

/** Turns this browser's event stream into query-cache entries. Opens nothing before a project is followed. */
export function createLiveUpdates(queryClient: QueryClient, parts: BrowserParts): LiveUpdates {
  let state: StreamState = { phase: "connecting", heardAt: null }
  const listeners = new Set<() => void>()
  const followed: string[] = []
  let stream: SharedStream | null = null

  const open = () =>
    createSharedStream({
      ...parts,
      toUrl: (projectIds) => apiUrls.events({ projects: projectIds.join(",") }),
      onEvent(event) {
        if (event.event === "watch") noteEventTime(event.data.checkedAt)
        applyStreamEvent(queryClient, event)
      },
      onState(next) {
        state = next
        for (const listener of listeners) listener()
      },
      onRefused: () => void readSessionAgain(queryClient),
    })

  function follow() {
    stream ??= open()
    stream.want([...new Set(followed)])
  }

  return {
    follow(projectId) {
      followed.push(projectId)
      follow()
      return () => {
        followed.splice(followed.indexOf(projectId), 1)
        follow()
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readState: () => state,
    close() {
      stream?.close()
    },
  }
}

/** Returns the parts of this browser that the tabs share. */
export function readBrowserParts(): BrowserParts {
  return {
    openEventSource: (url) => new EventSource(url),
    // Absent when the page came over plain HTTP from another machine, despite its type.
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

/** Follows a project while the component is shown. */
export function useFollow(projectId: string | null): void {
  const live = useLive()
  useEffect(() => (projectId === null ? undefined : live.follow(projectId)), [live, projectId])
}

/** Returns the state of the stream. */
export function useStreamState(): StreamState {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, live.readState)
}

/** Returns whether the stream is cut, without a render on each event. */
export function useIsReconnecting(): boolean {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, () => live.readState().phase === "reconnecting")
}
