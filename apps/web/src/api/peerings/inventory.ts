import type { PeeringList } from "@peering-desk/shared-schemas"
import { useQueryClient } from "@tanstack/react-query"
import { useEffect } from "react"
import { useFollow } from "./live-updates.ts"
import { peeringsQuery } from "./peering-list.ts"

/** Begins the key of everything that is read of all projects. */
export const inventoryKey = ["inventory"]

/**
 * Follows a project's stream, and reads again what is shown of all projects after a poll that changed a connection.
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
      if (!isFirst) void client.invalidateQueries({ queryKey: inventoryKey })
    })
  }, [client, projectId])
}
