import {
  apiUrls,
  type ListManagedKey,
  type ManagedKey,
  type ManagedKeyList,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"
import { keepPeering } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

const isKeyList = hasFields<ManagedKeyList>("keys")
const isAnything = (_body: unknown): _body is unknown => true

/** A listed key as a row of a list. */
export type ListedKey = ManagedKey & { id: string }

const managedByKey = (projectId: string) => ["managed-by", projectId]
const toRows = ({ keys }: ManagedKeyList): ListedKey[] => keys.map((one) => ({ ...one, id: one.key }))

/** Reads the keys of other tools whose connections are not edited here. */
export function managedKeysQuery(projectId: string) {
  return queryOptions({
    queryKey: managedByKey(projectId),
    queryFn: async ({ signal }) =>
      toRows(await readJson({ url: apiUrls.managedBy(projectId), isAnswer: isKeyList, signal })),
  })
}

export function useListManagedKey(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ListManagedKey) =>
      sendJson({ url: apiUrls.managedBy(projectId), isAnswer: isKeyList, method: "POST", body }),
    onSuccess: (list) => queryClient.setQueryData(managedByKey(projectId), toRows(list)),
  })
}

export function useRemoveManagedKey(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (key: string) =>
      sendJson({ url: apiUrls.managedKey(projectId, key), isAnswer: isAnything, method: "DELETE" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: managedByKey(projectId) }),
  })
}

/** Allows the next change of a connection that another tool manages. */
export function useUnlockPeering(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) =>
      sendJson({
        url: apiUrls.managedOverride(projectId, peeringId),
        isAnswer: isPeering,
        method: "POST",
        body: { reason },
      }),
    onSuccess: (peering) => keepPeering(queryClient, peering),
  })
}
