import {
  openStreamConnection,
  type EventSourceLike,
  type PageEvent,
  type StreamPhase,
} from "./stream-connection.ts"

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

/** Projects, each with the id of the last event that a reader has of it; empty when its list could not be read. */
type Followed = ReadonlyMap<string, string>

export interface SharedStreamOptions extends BrowserParts {
  toUrl: (projects: Followed) => string
  onEvent: (event: PageEvent) => void
  onState: (state: StreamState) => void
  /** The server ended the stream or refused it: the session may be over, or a role gone. Called in every tab. */
  onRefused: () => void
}

export interface SharedStream {
  /** Says which projects this tab wants to hear of, and after which events; the stream covers what all tabs want. */
  want: (projects: Followed) => void
  close: () => void
}

/** A message between tabs. They may run different builds, so unknown kinds are ignored. */
type TabMessage =
  | { kind: "who-is-there" }
  | { kind: "here"; tab: string; projects: Map<string, string> }
  | { kind: "event"; event: PageEvent; id: string; to?: string }
  | { kind: "state"; state: StreamState }
  | { kind: "shut-out" }

/** Another one than in builds whose tabs said only which projects they want. */
const name = "peering-desk-events"
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
  /** The projects that each tab wants, as far as the leader knows, and how far this tab is in its own. */
  const mine = new Map<string, string>()
  const wants = new Map<string, Map<string, string>>([[tab, mine]])
  /** The projects of the open stream, and how far it is in each. */
  let covered = new Map<string, string>()
  let leading = false
  /** True once this tab holds its lock: without it the leader takes the tab for closed. */
  let known = false
  let state: StreamState = { phase: "connecting", heardAt: null }
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
  function hear(event: PageEvent, id: string) {
    keepState({ ...state, heardAt: Date.now() })
    advance(mine, event, id)
    onEvent(event)
  }

  /** Opens another stream when the tabs want other projects. */
  function reconcile() {
    const projectIds = [...new Set([...wants.values()].flatMap((projects) => [...projects.keys()]))].sort()
    if (projectIds.join() === [...covered.keys()].join()) return
    covered = new Map(projectIds.map((id) => [id, covered.get(id) ?? findFirst(id)]))
    closeConnection()
    closeConnection = () => {}
    if (projectIds.length === 0) return
    closeConnection = openStreamConnection({
      toUrl: () => options.toUrl(covered),
      openEventSource: options.openEventSource,
      onPhase: keepPhase,
      onEvent(event, id) {
        advance(covered, event, id)
        hear(event, id)
        tell({ kind: "event", event, id })
      },
      onRefused() {
        onRefused()
        tell({ kind: "shut-out" })
      },
    })
  }

  /** Finds how far the tab is that has the least of a project; empty where that can't be compared. */
  function findFirst(projectId: string): string {
    return [...wants.values()]
      .flatMap((projects) => projects.get(projectId) ?? [])
      .reduce((first, id) => (isAtLeast(id, first) ? first : isAtLeast(first, id) ? id : ""))
  }

  /** Has a tab that begins to follow a project read its list again when the stream brought something since. */
  function admit(other: string, before: Followed, projects: Followed) {
    for (const [projectId, id] of projects) {
      const lastEventId = covered.get(projectId)
      if (before.has(projectId) || lastEventId === undefined || isAtLeast(id, lastEventId)) continue
      const event = { event: "resync", data: { projectId, lastEventId } } as const
      if (other === tab) hear(event, lastEventId)
      else tell({ kind: "event", event, id: lastEventId, to: other })
    }
    reconcileSoon()
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

  function note(other: string, projects: Map<string, string>) {
    const before = wants.get(other)
    if (before === undefined) {
      // Granted only once that tab is gone, however it went.
      void locks
        ?.request(toTabLock(other), { signal: end.signal }, () => {
          wants.delete(other)
          reconcileSoon()
        })
        .catch(ignoreAbort)
    }
    wants.set(other, projects)
    tell({ kind: "state", state })
    admit(other, before ?? new Map(), projects)
  }

  function announce() {
    if (known) tell({ kind: "here", tab, projects: mine })
  }

  channel?.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === "who-is-there") return announce()
    if (data.kind === "here" && leading) return note(data.tab, data.projects)
    if (leading) return
    if (data.kind === "state") keepState(data.state)
    if (data.kind === "event" && (data.to ?? tab) === tab) hear(data.event, data.id)
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
    want(projects) {
      const before = new Map(mine)
      mine.clear()
      for (const [projectId, id] of projects) mine.set(projectId, before.get(projectId) ?? id)
      announce()
      if (leading) admit(tab, before, mine)
    },
    close() {
      end.abort()
      clearTimeout(gathering)
      closeConnection()
      channel?.close()
    },
  }
}

/** Notes how far a reader is in a project that it follows. */
function advance(followed: Map<string, string>, { data: { projectId } }: PageEvent, id: string) {
  if (id !== "" && followed.has(projectId)) followed.set(projectId, id)
}

/** Returns whether the reader of an event has everything that the reader of another one has; false where two servers counted them. */
function isAtLeast(id: string, other: string): boolean {
  const [[incarnation, , epoch, sequence], [otherIncarnation, , otherEpoch, otherSequence]] = [
    id.split("."),
    other.split("."),
  ]
  return incarnation === otherIncarnation && epoch === otherEpoch && Number(sequence) >= Number(otherSequence)
}

function toTabLock(tab: string): string {
  return `${name}-tab-${tab}`
}

/** A lock that was still waited for when this tab closed its stream. */
function ignoreAbort(error: unknown) {
  if (!(error instanceof DOMException && error.name === "AbortError")) throw error
}
