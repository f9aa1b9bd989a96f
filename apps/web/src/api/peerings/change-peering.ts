import {
  apiUrls,
  idempotencyKeyHeader,
  type BlastRadius,
  type ChangePeering,
  type DeletePeering,
  type HeldForApproval,
  type PeeringRemoval,
  type RequestAgain,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, type QueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { hasFields, isHeld, orHeld } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { readJson, sendJson } from "#api/http.ts"
import { applyStreamEvent, keepPeering, keepUnlessHeld, noteHeld } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

const isBlastRadius = hasFields<BlastRadius>("confirmBy", "sharing")
const isRemoval = hasFields<PeeringRemoval>("state", "peering")

/** The key of what changes a connection, while it runs. */
export const peeringChangeKey = ["peering-change"]

/** Reads what goes with a connection when it is deleted, each time somebody thinks of it. */
export function blastRadiusQuery(projectId: string, peeringId: string) {
  return queryOptions({
    queryKey: ["blast-radius", projectId, peeringId],
    queryFn: ({ signal }) => readBlastRadius(projectId, peeringId, signal),
    staleTime: 0,
  })
}

/** Reads what deleting a connection affects. Throws `RequestError`. */
export function readBlastRadius(
  projectId: string,
  peeringId: string,
  signal?: AbortSignal,
): Promise<BlastRadius> {
  return readJson({ url: apiUrls.blastRadius(projectId, peeringId), isAnswer: isBlastRadius, signal })
}

/**
 * Deletes a connection at Atlas; the stream reports when it is gone. Throws `RequestError`.
 * @returns the request where somebody has to approve first
 */
export async function deletePeering(
  client: QueryClient,
  projectId: string,
  id: string,
  body: DeletePeering,
): Promise<HeldForApproval | PeeringRemoval> {
  const answer = await sendJson({
    url: apiUrls.peering(projectId, id),
    isAnswer: orHeld(isRemoval),
    method: "DELETE",
    body,
  })
  if (isHeld(answer)) {
    noteHeld(client)
    return answer
  }
  const { peering } = answer
  if (peering !== null) keepPeering(client, peering)
  else applyStreamEvent(client, { event: "gone", data: { projectId, id, at: new Date().toISOString() } })
  return answer
}

/** Deletes a connection at Atlas. */
export function useDeletePeering(projectId: string, peeringId: string) {
  return useMutation({
    mutationKey: peeringChangeKey,
    mutationFn: (body: DeletePeering, { client }) => deletePeering(client, projectId, peeringId, body),
  })
}

/** Changes an AWS connection; Atlas then starts it again. */
export function useChangePeering(projectId: string, peeringId: string) {
  return useChange(
    (body: ChangePeering) => ({
      url: apiUrls.peering(projectId, peeringId),
      isAnswer: orHeld(isPeering),
      method: "PATCH",
      body,
    }),
    { onAnswer: keepUnlessHeld, mutationKey: peeringChangeKey },
  )
}

/** Deletes a failed peering and creates the same again. Sent again after a lost answer, it does neither twice. */
export function useRequestAgain(projectId: string, peeringId: string) {
  const [key] = useState(() => crypto.randomUUID())
  return useChange(
    (body: RequestAgain) => ({
      url: apiUrls.requestAgain(projectId, peeringId),
      isAnswer: orHeld(isPeering),
      method: "POST",
      body,
      headers: { [idempotencyKeyHeader]: key },
    }),
    { onAnswer: keepUnlessHeld, mutationKey: peeringChangeKey },
  )
}
