import type { Container, Peering } from "@peering-desk/shared-schemas"
import {
  buildPath,
  findCovering,
  getWaitingOn,
  listClustersBehind,
  nameEntry,
  type Path,
} from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useNetworkFacts } from "#api/peerings/network-facts.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { clustersQuery } from "#api/projects/clusters.ts"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { toRead } from "./to-read.ts"
import { useNow } from "#ui/time/now.ts"

/** No event tells that Atlas has another entry or cluster, so the page asks again: often while one is missing. In milliseconds. */
const missingEveryMs = 10_000
const thereEveryMs = 60_000
/** The server reads no more statuses at once. */
const mostStatuses = 10

/**
 * Builds the path of a connection from everything that the page reads: the network's facts, the access list and the clusters.
 * @param checkedAt when Atlas last answered for it; null when that isn't known
 */
export function usePath(
  peering: Peering,
  container: Container | null,
  { checkedAt, isGone }: { checkedAt: string | null; isGone: boolean },
): Path {
  const { projectId, peer, history, steps, declined } = peering
  const enabled = !isGone
  const block = peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? "") : ""
  const facts = useNetworkFacts(peering)
  const list = useQuery({
    ...accessListQuery(projectId, []),
    enabled,
    refetchInterval: ({ state: { data = [] } }) =>
      block !== "" && findCovering(data, block).length === 0 ? missingEveryMs : thereEveryMs,
  })
  // The status of an entry is a call to Atlas, which one that isn't there doesn't need.
  const covering = findCovering(list.data ?? [], block)
  const withStatus = useQuery({
    ...accessListQuery(projectId, covering.slice(0, mostStatuses).map(nameEntry)),
    enabled: enabled && covering.length > 0,
    refetchInterval: ({ state: { data = [] } }) =>
      data.some(({ status }) => status === "PENDING") ? missingEveryMs : thereEveryMs,
  })
  const isRead = covering.length > 0 && withStatus.data !== undefined
  const { data: entries, dataUpdatedAt: entriesAt } = isRead ? withStatus : list
  const { data: clusters, dataUpdatedAt: clustersAt } = useQuery({
    ...clustersQuery(projectId),
    enabled,
    refetchInterval: ({ state: { data = [] } }) =>
      listClustersBehind(peer, container, data).length === 0 ? missingEveryMs : thereEveryMs,
  })
  const { data: dns } = useQuery({
    ...projectSettingQuery("customDns", projectId),
    enabled: enabled && peer.providerName === "AWS" && getWaitingOn(peer) === "works",
  })
  const now = useNow()
  return useMemo(
    () =>
      buildPath(
        { peer, history, steps, declined },
        {
          container,
          facts,
          entries: toRead(entries, entriesAt),
          clusters: toRead(clusters, clustersAt),
          customDns: dns?.enabled,
          checkedAt,
          now,
          isGone,
        },
      ),
    [
      peer,
      history,
      steps,
      declined,
      container,
      facts,
      entries,
      entriesAt,
      clusters,
      clustersAt,
      dns,
      checkedAt,
      now,
      isGone,
    ],
  )
}
