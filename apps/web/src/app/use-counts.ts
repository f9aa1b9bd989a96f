import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { inboxQuery } from "#api/inbox.ts"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { useApprovalsToDecide } from "#shared/approvals/use-approvals.ts"
import { countForPerson } from "#shared/inventory/attention.ts"
import type { AppPermissions } from "#shared/permissions.ts"
import { useNow } from "#ui/time/now.ts"
import type { NavigationLink } from "./navigation.ts"

type Counts = Partial<Record<NonNullable<NavigationLink["counts"]>, number>>

/**
 * Returns the counts beside the links of the sidebar, from what the pages have read: the sidebar itself asks for nothing.
 * @param projectId the chosen project; null without one
 */
export function useCounts(projectId: string | null, permissions: AppPermissions): Counts {
  const { data: inventory } = useQuery({ ...inventoryQuery(), enabled: false })
  const { data: list } = useQuery({ ...peeringsQuery(projectId ?? ""), enabled: false })
  const { data: containers } = useQuery({ ...containersQuery(projectId ?? ""), enabled: false })
  const { data: inbox } = useQuery({ ...inboxQuery(), enabled: false })
  const approvals = useApprovalsToDecide(permissions, false)?.length
  const minute = Math.floor(useNow() / 60_000)
  const all = useMemo(() => inventory?.projects.flatMap(({ peerings }) => peerings), [inventory])
  const attention = useMemo(() => all && countForPerson(all, minute * 60_000), [all, minute])
  const ofProject =
    list?.peerings ?? inventory?.projects.find(({ project }) => project.id === projectId)?.peerings
  return {
    allConnections: all?.length,
    unread: inbox?.unread,
    attention: attention === undefined ? undefined : attention + (approvals ?? 0),
    approvals,
    connections: ofProject?.length,
    containers: containers?.length,
  }
}
