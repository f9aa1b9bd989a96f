import { useQuery } from "@tanstack/react-query"
import { inboxQuery } from "#api/inbox.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import { countNeedingPerson } from "#shared/inventory/worklist.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import type { NavigationLink } from "./navigation.ts"

type Counts = Partial<Record<NonNullable<NavigationLink["counts"]>, number>>

/**
 * Returns the counts beside the links of the sidebar, from what the pages have read: the sidebar itself asks for nothing.
 * @param projectId the chosen project; null without one
 */
export function useCounts(projectId: string | null, permissions: AppPermissions): Counts {
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false })
  const { data: list } = useQuery({ ...peeringsQuery(projectId ?? ""), enabled: false })
  const { data: containers } = useQuery({ ...containersQuery(projectId ?? ""), enabled: false })
  const { data: inbox } = useQuery({ ...inboxQuery(), enabled: false })
  const approvals = useApprovalsToDecide(permissions, false)?.length
  const attention = overview && countNeedingPerson(overview)
  return {
    allConnections: overview?.counts.all,
    unread: inbox?.unread,
    attention: attention === undefined ? undefined : attention + (approvals ?? 0),
    approvals,
    connections: list?.peerings.length ?? overview?.projects.find(({ id }) => id === projectId)?.used,
    containers: containers?.length,
  }
}
