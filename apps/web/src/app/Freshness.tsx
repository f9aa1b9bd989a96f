import type { Watch } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useLocation } from "wouter"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { useStreamState } from "#api/peerings/live-updates.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { useProject } from "#api/projects/projects.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"

const lists: readonly string[] = [pagePatterns.home, pagePatterns.allConnections]
const none: readonly Watch[] = []

/** Shows how fresh a page with connections is; nothing on the others, and for a project that does not exist. */
export function Freshness({ projectId }: { projectId: string | null }) {
  const [path] = useLocation()
  if (projectId !== null) return <OfProject projectId={projectId} />
  return lists.includes(path) ? <OfAll /> : null
}

/** The page reads the list, and the stream keeps it. */
function OfProject({ projectId }: { projectId: string }) {
  const { data } = useQuery({ ...peeringsQuery(projectId), enabled: false })
  const state = useStreamState()
  return useProject(projectId) === undefined ? null : (
    <LiveIndicator state={state} watches={data?.watches ?? none} />
  )
}

/** The page reads the inventory, again and again. */
function OfAll() {
  const { data, dataUpdatedAt, failureCount } = useQuery({ ...inventoryQuery(), enabled: false })
  const isBehind = failureCount > 0
  const phase = isBehind ? "reconnecting" : data === undefined ? "connecting" : "live"
  return (
    <LiveIndicator
      state={{ phase, heardAt: dataUpdatedAt || null }}
      watches={data?.projects.flatMap(({ watches }) => watches) ?? none}
    />
  )
}
