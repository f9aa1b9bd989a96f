import { useQuery } from "@tanstack/react-query"
import { inboxQuery } from "#api/inbox.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import type { NavigationLink } from "./navigation.ts"

type Counts = Partial<Record<NonNullable<NavigationLink["counts"]>, number>>

/**
 * Returns the counts beside the links of the sidebar, from what the pages have read: the sidebar itself asks for nothing.
 * @param projectId the chosen project; null without one
 */
export function useCounts(projectId: string | null, permissions: AppPermissions): Counts {
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false })
  const { data: listed } = useQuery({
    ...peeringsQuery(projectId ?? ""),
    enabled: false,
    select: ({ peerings }) => peerings.length,
  })
  const { data: containers } = useQuery({
    ...containersQuery(projectId ?? ""),
    enabled: false,
    select: ({ length }) => length,
  })
  const { data: unread } = useQuery({ ...inboxQuery(), enabled: false, select: (inbox) => inbox.unread })
  const approvals = useApprovalsToDecide(permissions, false)?.length
  return {
    allConnections: overview?.counts.all,
    unread,
    attention: overview && overview.needYou + (approvals ?? 0),
    approvals,
    connections: listed ?? overview?.projects.find(({ id }) => id === projectId)?.used,
    containers,
  }
}
