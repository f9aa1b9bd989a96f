import type { StreamEvent } from "@peering-desk/shared-schemas"
import { openStreamConnection, type EventSourceLike, type StreamPhase } from "./stream-connection.ts"

/** The state of the one stream of this browser. */
export interface StreamState {
  phase: StreamPhase
  /** When anything was last heard, milliseconds since 1970; null when nothing was yet. */
  heardAt: number | null
}

/** The parts of the browser that tabs share. Tests give their own. */
export interface BrowserParts {
  openEventSource: (url: string) => EventSourceLike
  /** Null where the browser has none (it wants a secure context): then each tab has its own stream. */
  locks: Pick<LockManager, "request"> | null
  openChannel: (name: string) => Pick<BroadcastChannel, "postMessage" | "addEventListener" | "close">
}

export interface SharedStreamOptions extends BrowserParts {
  toUrl: (projectIds: string[]) => string
  onEvent: (event: StreamEvent) => void
  onState: (state: StreamState) => void
  /** The server ended the stream or refused it: the session may be over, or a role gone. Called in every tab. */
  onRefused: () => void
}

export interface SharedStream {
  /** Says which projects this tab wants to hear of; the stream covers what all tabs want. */
  want: (projectIds: string[]) => void
  close: () => void
}

/** A message between tabs. They may run different builds, so unknown kinds are ignored. */
type TabMessage =
  | { kind: "who-is-there" }
  | { kind: "here"; tab: string; projectIds: string[] }
  | { kind: "event"; event: StreamEvent }
  | { kind: "state"; state: StreamState }
  | { kind: "shut-out" }

const name = "peering-desk-stream"
/** Long enough for the other tabs' answers to come in, so that the stream is opened once and not once a tab. */
const gatherForMs = 50

/**
 * One event stream for all tabs of a browser, which has only six connections to a server over HTTP/1.1. The tab that holds
 * the lock has the stream and passes on what it hears; when it closes, the browser gives the lock to the next.
 */
export function createSharedStream(options: SharedStreamOptions): SharedStream {
  const { locks, onEvent, onState, onRefused } = options
  const tab = crypto.randomUUID()
  const end = new AbortController()
  const channel = locks === null ? null : options.openChannel(name)
  /** The projects that each tab wants, as far as the leader knows. */
  const wants = new Map<string, string[]>([[tab, []]])
  let leading = false
  /** True once this tab holds its lock: without it the leader takes the tab for closed. */
  let known = false
  let state: StreamState = { phase: "connecting", heardAt: null }
  let url: string | null = null
  let closeConnection = () => {}
  let gathering: ReturnType<typeof setTimeout> | undefined

  const tell = (message: TabMessage) => channel?.postMessage(message)

  function keepState(next: StreamState) {
    state = next
    onState(state)
  }

  function keepPhase(phase: StreamPhase) {
    keepState({ phase, heardAt: phase === "live" ? Date.now() : state.heardAt })
    tell({ kind: "state", state })
  }

  /** On every tab: an event also says that the line lives. */
  function hear(event: StreamEvent) {
    keepState({ ...state, heardAt: Date.now() })
    onEvent(event)
  }

  /** Opens another stream when the tabs want other projects. */
  function reconcile() {
    const projectIds = [...new Set([...wants.values()].flat())].sort()
    const next = projectIds.length === 0 ? null : options.toUrl(projectIds)
    if (next === url) return
    url = next
    closeConnection()
    closeConnection = () => {}
    if (next === null) return
    closeConnection = openStreamConnection({
      url: next,
      openEventSource: options.openEventSource,
      onPhase: keepPhase,
      onEvent(event) {
        hear(event)
        tell({ kind: "event", event })
      },
      onRefused() {
        onRefused()
        tell({ kind: "shut-out" })
      },
    })
  }

  function reconcileSoon() {
    if (!leading) return
    clearTimeout(gathering)
    gathering = setTimeout(reconcile, gatherForMs)
  }

  function lead() {
    leading = true
    tell({ kind: "who-is-there" })
    reconcileSoon()
  }

  function note(other: string, projectIds: string[]) {
    if (!wants.has(other)) {
      // Granted only once that tab is gone, however it went.
      void locks
        ?.request(toTabLock(other), { signal: end.signal }, () => {
          wants.delete(other)
          reconcileSoon()
        })
        .catch(ignoreAbort)
    }
    wants.set(other, projectIds)
    tell({ kind: "state", state })
    reconcileSoon()
  }

  function announce() {
    if (!known) return
    tell({ kind: "here", tab, projectIds: wants.get(tab) ?? [] })
  }

  channel?.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === "who-is-there") return announce()
    if (data.kind === "here" && leading) return note(data.tab, data.projectIds)
    if (leading) return
    if (data.kind === "state") keepState(data.state)
    if (data.kind === "event") hear(data.event)
    if (data.kind === "shut-out") onRefused()
  })

  if (locks === null) lead()
  else {
    const untilClosed = () =>
      new Promise<void>((resolve) => end.signal.addEventListener("abort", () => resolve()))
    void locks
      .request(toTabLock(tab), { signal: end.signal }, () => {
        known = true
        announce()
        return untilClosed()
      })
      .catch(ignoreAbort)
    void locks
      .request(name, { signal: end.signal }, () => {
        lead()
        return untilClosed()
      })
      .catch(ignoreAbort)
  }

  return {
    want(projectIds) {
      wants.set(tab, projectIds)
      announce()
      reconcileSoon()
    },
    close() {
      end.abort()
      clearTimeout(gathering)
      closeConnection()
      channel?.close()
    },
  }
}

function toTabLock(tab: string): string {
  return `${name}-tab-${tab}`
}

/** A lock that was still waited for when this tab closed its stream. */
function ignoreAbort(error: unknown) {
  if (!(error instanceof DOMException && error.name === "AbortError")) throw error
}
