import { apiUrls, type HandOffList, type MadeHandOff, type MakeHandOff } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isList = hasFields<HandOffList>("handOffs")
const isMade = hasFields<MadeHandOff>("handOff", "url")
/** Recognizes an answer without a body. */
const isNothing = (body: unknown): body is undefined => body === undefined
const listKey = (projectId: string, peeringId: string) => ["hand-off-links", projectId, peeringId]

/** Lists the links of a connection, newest first. */
export function handOffLinksQuery(projectId: string, peeringId: string) {
  return queryOptions({
    queryKey: listKey(projectId, peeringId),
    queryFn: async ({ signal }) => {
      const url = apiUrls.handOffs(projectId, peeringId)
      return (await readJson({ url, isAnswer: isList, signal })).handOffs
    },
    staleTime: 0,
  })
}

/** Makes a link. Only this answer has its address. */
export function useMakeHandOff(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: MakeHandOff) =>
      sendJson({ url: apiUrls.handOffs(projectId, peeringId), isAnswer: isMade, method: "POST", body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listKey(projectId, peeringId) }),
  })
}

/** Revokes a link; it shows nothing from then on. */
export function useRevokeHandOff(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (handOffId: string) =>
      sendJson({
        url: apiUrls.handOff(projectId, peeringId, handOffId),
        isAnswer: isNothing,
        method: "DELETE",
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listKey(projectId, peeringId) }),
  })
}
