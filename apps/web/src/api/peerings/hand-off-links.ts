import {
  apiUrls,
  type HandOffList,
  type MadeHandOff,
  type MakeHandOff,
  type ProjectHandOffList,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, type QueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { useRemoval } from "#api/change.ts"
import { sendJson } from "#api/http.ts"
import { readFieldOf } from "#api/reads.ts"
import { peeringChangeKey } from "./change-peering.ts"

const isMade = hasFields<MadeHandOff>("handOff", "url")
const listKey = (projectId: string, peeringId: string) => ["hand-off-links", projectId, peeringId]

/** Lists the links of a connection, newest first. */
export function handOffLinksQuery(projectId: string, peeringId: string) {
  return queryOptions({
    queryKey: listKey(projectId, peeringId),
    queryFn: readFieldOf<HandOffList, "handOffs">(apiUrls.handOffs(projectId, peeringId), "handOffs"),
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
  return useMutation({
    mutationKey: peeringChangeKey,
    mutationFn: (body: MakeHandOff, { client }) => makeHandOff(client, projectId, peeringId, body),
  })
}

/** Revokes a link; it shows nothing from then on. */
export function useRevokeHandOff(projectId: string, peeringId: string) {
  return useRemoval(
    (handOffId) => apiUrls.handOff(projectId, peeringId, handOffId),
    [listKey(projectId, peeringId)],
  )
}

/** Lists the open links of all connections of a project, the first to expire first. */
export function projectHandOffsQuery(projectId: string) {
  return queryOptions({
    queryKey: ["project-hand-offs", projectId],
    queryFn: readFieldOf<ProjectHandOffList, "handOffs">(apiUrls.projectHandOffs(projectId), "handOffs"),
    staleTime: 0,
  })
}

/** Revokes a link of any connection of the project. */
export function useRevokeProjectHandOff(projectId: string) {
  return useRemoval(
    ({ peeringId, handOffId }: { peeringId: string; handOffId: string }) =>
      apiUrls.handOff(projectId, peeringId, handOffId),
    [projectHandOffsQuery(projectId).queryKey],
  )
}
