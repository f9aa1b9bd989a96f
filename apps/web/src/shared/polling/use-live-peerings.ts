import { useQuery } from "@tanstack/react-query"
import { useIsReconnecting } from "#api/peerings/live-updates.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"

const readEveryMs = 15_000

/** Reads the connections of one project, live. While the stream is cut, the list is read from time to time instead. */
export function useLivePeerings(projectId: string) {
  const refetchInterval = useIsReconnecting() ? readEveryMs : false
  return useQuery({ ...peeringsQuery(projectId), refetchInterval })
}
