import { isBroken } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { inboxQuery } from "#api/inbox.ts"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import type { NavigationLink } from "./navigation.ts"

type Counts = Partial<Record<NonNullable<NavigationLink["counts"]>, number>>

/**
 * Returns the counts beside the links of the sidebar, from what the pages have read: the sidebar itself asks for nothing.
 * @param projectId the chosen project; null without one
 */
export function useCounts(projectId: string | null): Counts {
  const { data: inventory } = useQuery({ ...inventoryQuery(), enabled: false })
  const { data: list } = useQuery({ ...peeringsQuery(projectId ?? ""), enabled: false })
  const { data: containers } = useQuery({ ...containersQuery(projectId ?? ""), enabled: false })
  const { data: inbox } = useQuery({ ...inboxQuery(), enabled: false })
  const all = inventory?.projects.flatMap(({ peerings }) => peerings)
  const ofProject =
    list?.peerings ?? inventory?.projects.find(({ project }) => project.id === projectId)?.peerings
  return {
    allConnections: all?.length,
    unread: inbox?.unread,
    attention: all?.filter((one) => one.turn === "you" || one.turn === "failed" || isBroken(one)).length,
    connections: ofProject?.length,
    containers: containers?.length,
  }
}
