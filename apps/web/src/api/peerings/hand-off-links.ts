import {
  apiUrls,
  type HandOffList,
  type MadeHandOff,
  type MakeHandOff,
  type ProjectHandOffList,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isList = hasFields<HandOffList>("handOffs")
const isProjectList = hasFields<ProjectHandOffList>("handOffs")
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

/** Makes a link. Only this answer has its address. Throws `RequestError`. */
export async function makeHandOff(
  client: QueryClient,
  projectId: string,
  peeringId: string,
  body: MakeHandOff,
): Promise<MadeHandOff> {
  const url = apiUrls.handOffs(projectId, peeringId)
  const made = await sendJson({ url, isAnswer: isMade, method: "POST", body })
  void client.invalidateQueries({ queryKey: listKey(projectId, peeringId) })
  return made
}

/** Makes a link, as a mutation. */
export function useMakeHandOff(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: MakeHandOff) => makeHandOff(queryClient, projectId, peeringId, body),
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

/** Lists the open links of all connections of a project, the first to expire first. */
export function projectHandOffsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["project-hand-offs", projectId],
    queryFn: async ({ signal }) => {
      const url = apiUrls.projectHandOffs(projectId)
      return (await readJson({ url, isAnswer: isProjectList, signal })).handOffs
    },
    staleTime: 0,
  })
}

/** Revokes a link of any connection of the project. */
export function useRevokeProjectHandOff(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ peeringId, handOffId }: { peeringId: string; handOffId: string }) =>
      sendJson({
        url: apiUrls.handOff(projectId, peeringId, handOffId),
        isAnswer: isNothing,
        method: "DELETE",
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectHandOffsQuery(projectId).queryKey }),
  })
}
