import { apiUrls, type Inventory, type PeeringList } from "@peering-desk/shared-schemas"
import { queryOptions, useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { hasFields } from "#api/answer.ts"
import { readAgainJson } from "#api/http.ts"
import { useFollow } from "./live-updates.ts"
import { peeringsQuery } from "./peering-list.ts"

const isInventory = hasFields<Inventory>("projects", "timesInState")

const readEveryMs = 15_000

/** Reads every connection of every project that the person may see, every 15 s. */
export function inventoryQuery() {
  return queryOptions({
    queryKey: ["inventory"],
    queryFn: ({ signal }) => readAgainJson({ url: apiUrls.inventory(), isAnswer: isInventory, signal }),
    refetchInterval: readEveryMs,
    refetchOnWindowFocus: true,
  })
}

/**
 * Follows a project's stream, and reads the inventory again after a poll that changed a connection.
 * @param projectId one that the person may see; null for none
 */
export function useReadAfterChange(projectId: string | null): void {
  const client = useQueryClient()
  useFollow(projectId)
  useEffect(() => {
    if (projectId === null) return undefined
    const { queryKey } = peeringsQuery(projectId)
    let known = client.getQueryData<PeeringList>(queryKey)?.peerings
    return client.getQueryCache().subscribe(({ query }) => {
      if (query.queryKey[0] !== queryKey[0] || query.queryKey[1] !== projectId) return
      const { data } = query.state as { data: PeeringList | undefined }
      if (data?.peerings === known) return
      const isFirst = known === undefined
      known = data?.peerings
      if (!isFirst) void client.invalidateQueries({ queryKey: inventoryQuery().queryKey })
    })
  }, [client, projectId])
}
