import { apiUrls, type PeeringList } from "@peering-desk/shared-schemas"
import { QueryObserver, type QueryClient } from "@tanstack/react-query"
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
import { peeringsQuery, readListAgain } from "./peering-list.ts"

/** Keeps the query cache as fresh as the server is. */
export interface LiveUpdates {
  /**
   * Follows a project until the returned function is called, from when its list was read.
   * @param readsList false where a page may read it
   */
  follow: (projectId: string, readsList: boolean) => () => void
  subscribe: (listener: () => void) => () => void
  readState: () => StreamState
  close: () => void
}

const connecting: StreamState = { phase: "connecting", heardAt: null }

/** Turns this browser's event stream into query-cache entries. Opens nothing before a project is followed. */
export function createLiveUpdates(queryClient: QueryClient, parts: BrowserParts): LiveUpdates {
  let state = connecting
  const listeners = new Set<() => void>()
  const followed: string[] = []
  /** The id of the last event in the list of each followed project whose list was read; empty when that failed. */
  const read = new Map<string, string>()
  let stream: SharedStream | null = null

  const open = () =>
    createSharedStream({
      ...parts,
      toUrl: (projects) =>
        apiUrls.events({ projects: [...projects].map((named) => named.join("@")).join(",") }),
      onEvent(event) {
        if (event.event === "watch") noteEventTime(event.data.checkedAt)
        if (event.event === "resync") readListAgain(queryClient, event.data)
        else applyStreamEvent(queryClient, event)
      },
      onState(next) {
        state = next
        for (const listener of listeners) listener()
      },
      onRefused: () => void readSessionAgain(queryClient),
    })

  /** The page that follows a project next may begin in the same moment. */
  function leaveUnfollowed() {
    for (const projectId of read.keys()) if (!followed.includes(projectId)) read.delete(projectId)
    stream?.want(read)
  }

  return {
    follow(projectId, readsList) {
      stream ??= open()
      followed.push(projectId)
      // The list first: the stream begins after it.
      const begin = ({ data, isPending }: { data: PeeringList | undefined; isPending: boolean }) => {
        if (isPending || read.has(projectId)) return
        read.set(projectId, data?.lastEventId ?? "")
        stream?.want(read)
      }
      const list = new QueryObserver(queryClient, { ...peeringsQuery(projectId), enabled: readsList })
      const leaveList = list.subscribe(begin)
      begin(list.getCurrentResult())
      return () => {
        leaveList()
        followed.splice(followed.indexOf(projectId), 1)
        queueMicrotask(leaveUnfollowed)
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

/** Follows a project while the component is shown; without `readsList`, from when something else read its list. */
export function useFollow(projectId: string | null, readsList = true): void {
  const live = useLive()
  useEffect(
    () => (projectId === null ? undefined : live.follow(projectId, readsList)),
    [live, projectId, readsList],
  )
}

/** Returns the state of the stream. */
export function useStreamState(): StreamState {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, live.readState, () => connecting)
}

/** Returns whether the stream is cut, without a render on each event. */
export function useIsReconnecting(): boolean {
  const live = useLive()
  return useSyncExternalStore(
    live.subscribe,
    () => live.readState().phase === "reconnecting",
    () => false,
  )
}
