import { mergeReads, summariseReads } from "@peering-desk/peering-rules"
import type { ReadState } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { inventoryQuery } from "#api/peerings/inventory.ts"
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
  if (path === pagePatterns.home) return <OfOverview />
  return path === pagePatterns.allConnections ? <OfAll /> : null
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
  const read = useQuery({ ...overviewQuery(), enabled: false })
  return <OfRead read={read} reads={read.data?.reads} />
}

/** The page reads the inventory, again and again. */
function OfAll() {
  const read = useQuery({ ...inventoryQuery(), enabled: false })
  const projects = read.data?.projects
  return (
    <OfRead
      read={read}
      reads={projects && mergeReads(projects.map(({ watches }) => summariseReads(watches)))}
    />
  )
}

function OfRead({
  read: { dataUpdatedAt, failureCount },
  reads,
}: {
  read: { dataUpdatedAt: number; failureCount: number }
  reads: ReadState | undefined
}) {
  const phase = failureCount > 0 ? "reconnecting" : reads === undefined ? "connecting" : "live"
  return <LiveIndicator state={{ phase, heardAt: dataUpdatedAt || null }} reads={reads ?? none} />
}
