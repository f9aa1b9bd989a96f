import {
  apiUrls,
  type BlastRadius,
  type ChangePeering,
  type DeletePeering,
  type PeeringRemoval,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"
import { applyStreamEvent, keepPeering } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

const isBlastRadius = hasFields<BlastRadius>("confirmBy", "sharing")
const isRemoval = hasFields<PeeringRemoval>("state", "peering")

/** Reads what goes with a connection when it is deleted, each time somebody thinks of it. */
export function blastRadiusQuery(projectId: string, peeringId: string) {
  return queryOptions({
    queryKey: ["blast-radius", projectId, peeringId],
    queryFn: ({ signal }) =>
      readJson({ url: apiUrls.blastRadius(projectId, peeringId), isAnswer: isBlastRadius, signal }),
    staleTime: 0,
  })
}

/** Deletes a connection at Atlas; the stream says when it is gone. */
export function useDeletePeering(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: DeletePeering) =>
      sendJson({ url: apiUrls.peering(projectId, peeringId), isAnswer: isRemoval, method: "DELETE", body }),
    onSuccess: ({ peering }) => {
      if (peering !== null) keepPeering(queryClient, peering)
      else
        applyStreamEvent(queryClient, {
          event: "gone",
          data: { projectId, id: peeringId, at: new Date().toISOString() },
        })
    },
  })
}

/** Changes an AWS connection; Atlas then starts it again. */
export function useChangePeering(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ChangePeering) =>
      sendJson({ url: apiUrls.peering(projectId, peeringId), isAnswer: isPeering, method: "PATCH", body }),
    onSuccess: (peering) => keepPeering(queryClient, peering),
  })
}
