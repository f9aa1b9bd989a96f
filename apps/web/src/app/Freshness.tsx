import { summariseReads } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { useStreamState } from "#api/peerings/live-updates.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { useProject } from "#api/projects/projects.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"

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
