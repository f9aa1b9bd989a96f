import {
  apiUrls,
  type ListManagedKey,
  type ManagedKey,
  type ManagedKeyList,
} from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { useChange, useRemoval } from "#api/change.ts"
import { readOf } from "#api/reads.ts"
import { keepPeering } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

const isKeyList = hasFields<ManagedKeyList>("keys")

/** A listed key as a row of a list. */
type ListedKey = ManagedKey & { id: string }

const managedByKey = (projectId: string) => ["managed-by", projectId]
const toRows = ({ keys }: ManagedKeyList): ListedKey[] => keys.map((one) => ({ ...one, id: one.key }))

/** Reads the keys of other tools whose connections are not edited here. */
export function managedKeysQuery(projectId: string) {
  return queryOptions({
    queryKey: managedByKey(projectId),
    queryFn: async (context) => toRows(await readOf(apiUrls.managedBy(projectId), isKeyList)(context)),
  })
}

export function useListManagedKey(projectId: string) {
  return useChange(
    (body: ListManagedKey) => ({
      url: apiUrls.managedBy(projectId),
      isAnswer: isKeyList,
      method: "POST",
      body,
    }),
    { onAnswer: (client, list) => client.setQueryData(managedByKey(projectId), toRows(list)) },
  )
}

export function useRemoveManagedKey(projectId: string) {
  return useRemoval((key) => apiUrls.managedKey(projectId, key), [managedByKey(projectId)])
}

/** Allows the next change of a connection that another tool manages. */
export function useUnlockPeering(projectId: string, peeringId: string) {
  return useChange(
    (reason: string) => ({
      url: apiUrls.managedOverride(projectId, peeringId),
      isAnswer: isPeering,
      method: "POST",
      body: { reason },
    }),
    { onAnswer: keepPeering },
  )
}
