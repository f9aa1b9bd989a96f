import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { containersQuery } from "#api/containers.ts"
import { useIsReconnecting } from "#api/peering-events.ts"
import { peeringsQuery } from "#api/peering-list.ts"

const readEveryMs = 15_000

/** A project's connections and containers. While the stream is cut, the list is read from time to time instead. */
export function useProjectPeerings(projectId: string) {
  const refetchInterval = useIsReconnecting() ? readEveryMs : false
  const list = useQuery({ ...peeringsQuery(projectId), refetchInterval })
  const { data: containers } = useQuery(containersQuery(projectId))
  const containersById = useMemo(
    () => new Map(containers?.map((container) => [container.id, container])),
    [containers],
  )
  return { list, containersById }
}
