import {
  chooseConnectionString,
  listClustersBehind,
  type ClusterBehind,
  type StringChoice,
} from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { clustersQuery } from "#api/projects/clusters.ts"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"

/** Atlas takes minutes to create a cluster, and a while to add its private strings. */
const notReadyIntervalMs = 15_000

/** Finds the clusters behind a connection, and the string of one of them: the chosen one, or the first. */
export function useClusterString() {
  const { peering, container, clusterId } = useConnectionPage()
  const { projectId, peer } = peering
  const isAws = peer.providerName === "AWS"
  const dns = useQuery({ ...projectSettingQuery("customDns", projectId), enabled: isAws })
  const context = { peer, container, customDns: dns.data ?? null }
  const isNotReady = (one: ClusterBehind) => chooseConnectionString(context, one).kind === "not-ready"
  const list = useQuery({
    ...clustersQuery(projectId),
    refetchInterval: ({ state }) =>
      listClustersBehind(peer, container, state.data ?? []).some(isNotReady) ? notReadyIntervalMs : false,
  })
  const clusters = list.data ?? []
  const behind = listClustersBehind(peer, container, clusters)
  const chosen = behind.find(({ cluster }) => cluster.id === clusterId) ?? behind[0]
  // Until custom DNS is known, the string could be the wrong one.
  const choice: StringChoice | null =
    chosen === undefined || (isAws && dns.isPending) ? null : chooseConnectionString(context, chosen)
  return { list, dns, context, clusters, behind, chosen, choice }
}
