import { useQuery } from "@tanstack/react-query"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { useProject } from "#api/projects/projects.ts"
import { LiveIndicator } from "./LiveIndicator.tsx"

/** Shows how fresh a project's page is; nothing for a project that does not exist, which nothing keeps fresh. */
export function Freshness({ projectId }: { projectId: string | null }) {
  // The page reads it, and the stream keeps it.
  const { data } = useQuery({ ...peeringsQuery(projectId ?? ""), enabled: false })
  return useProject(projectId) === undefined ? null : <LiveIndicator watches={data?.watches ?? []} />
}
