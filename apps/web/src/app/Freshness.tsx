import { summariseReads } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import type { ReadState } from "@peering-desk/shared-schemas"
import { useStreamState } from "#api/peerings/live-updates.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { useProject } from "#api/projects/projects.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import type { StreamState } from "#api/stream/shared-stream.ts"
import { computeLiveness, findPause, type Liveness } from "#shared/polling/liveness.ts"
import { toPageTime, useNow } from "#ui/time/now.ts"
import { formatAge, formatMoment } from "#ui/time/times.ts"
import styles from "./Freshness.module.css"

const none = summariseReads([])

/** Shows how fresh a page with connections is; nothing on the others, and for a project that does not exist. */
export function Freshness({ projectId }: { projectId: string | null }) {
  const [path] = useLocation()
  if (projectId !== null) return <OfProject projectId={projectId} />
  return path === pagePatterns.home || path === pagePatterns.allConnections ? <OfOverview /> : null
}

/** The page reads the list, and the stream keeps it. */
function OfProject({ projectId }: { projectId: string }) {
  const { data } = useQuery({ ...peeringsQuery(projectId), enabled: false })
  const state = useStreamState()
  const project = useProject(projectId)
  return project === undefined || data === undefined ? null : (
    <LiveIndicator state={state} reads={summariseReads(data.watches)} />
  )
}

/** The page reads the overview, again and again. */
function OfOverview() {
  const { data, dataUpdatedAt, failureCount } = useQuery({ ...overviewQuery(), enabled: false })
  const phase = failureCount > 0 ? "reconnecting" : data === undefined ? "connecting" : "live"
  return <LiveIndicator state={{ phase, heardAt: dataUpdatedAt || null }} reads={data?.reads ?? none} />
}

/** Everything else is read once a minute or more often. */
const restingAfterMs = 120_000

const words: Record<Liveness, (heardAt: number, now: number) => string> = {
  connecting: () => "Connecting",
  live: () => "Live",
  reconnecting: () => "Reconnecting",
  stale: (heardAt, now) => `Stale since ${formatMoment(heardAt, now)}`,
}

/** Shows how fresh the page is: whether the server is heard, whether it reads Atlas, and when it last did. */
function LiveIndicator({ state: { phase, heardAt: at }, reads }: { state: StreamState; reads: ReadState }) {
  const now = useNow()
  const heardAt = at && toPageTime(at)
  const liveness = computeLiveness({ phase, heardAt }, now)
  const pause = liveness === "live" ? findPause(reads) : null
  const readAt = liveness === "live" && pause === null ? reads.oldestAt : null
  return (
    <div className="inline gap-8 quiet text-13 number end">
      <output className={`${styles.mark} ${pause === null ? styles[liveness] : ""}`}>
        <span className={`round ${styles.dot}`} aria-hidden="true" />
        {pause === null ? words[liveness](heardAt ?? now, now) : toPauseWords(pause, now)}
      </output>
      {/* Beside the live region: nobody wants to hear an age. */}
      {readAt !== null && (
        <span>
          <span className="from-600">Updated </span>
          <time dateTime={readAt}>{formatAge(now - Date.parse(readAt))} ago</time>
          {now - Date.parse(readAt) > restingAfterMs && (
            <span className={styles.wide}> · at rest: every 1 to 30 min</span>
          )}
        </span>
      )}
    </div>
  )
}

function toPauseWords({ what, at }: NonNullable<ReturnType<typeof findPause>>, now: number): string {
  const words = what === null ? "Not live" : `${what} not live`
  return at === null ? words : `${words} · last read ${formatMoment(at, now)}`
}
