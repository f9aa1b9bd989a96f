import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { containersQuery } from "#api/projects/containers.ts"
import { useIsReconnecting } from "#api/peerings/live-updates.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"

const readEveryMs = 15_000

/** Finds the container of a connection: undefined while containers are being read, null when it could not be read. */
export type FindContainer = (peer: AtlasPeer) => Container | null | undefined

/** A project's connections and containers. While the stream is cut, the list is read from time to time instead. */
export function useProjectPeerings(projectId: string) {
  const refetchInterval = useIsReconnecting() ? readEveryMs : false
  const list = useQuery({ ...peeringsQuery(projectId), refetchInterval })
  const { data: containers, isPending } = useQuery(containersQuery(projectId))
  const findContainer = useMemo<FindContainer>(() => {
    // An id alone does not name one: the documentation's example project has a container of each cloud under the same id.
    const byKey = new Map(
      containers?.map((container) => [`${container.providerName} ${container.id}`, container]),
    )
    return ({ providerName, containerId }) =>
      byKey.get(`${providerName} ${containerId}`) ?? (isPending ? undefined : null)
  }, [containers, isPending])
  return { list, findContainer }
}
