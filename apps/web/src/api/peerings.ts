import { apiUrls, idempotencyKeyHeader, type CreatePeering, type Peering } from "@peering-desk/shared-schemas"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { sendJson } from "./http.ts"
import { keepPeering } from "./peering-cache.ts"

export const isPeering = hasFields<Peering>("id", "projectId", "peer")

/**
 * Asks for a new connection. The same key sent again gives the first answer again and creates nothing.
 * Throws `RequestError`; with code `outcome_unknown` the connection may exist all the same.
 * @param idempotencyKey 16 to 64 letters, digits, `_` or `-`, made once per filled-in form
 */
function createPeering(projectId: string, body: CreatePeering, idempotencyKey: string): Promise<Peering> {
  return sendJson({
    url: apiUrls.peerings(projectId),
    isAnswer: isPeering,
    method: "POST",
    body,
    headers: { [idempotencyKeyHeader]: idempotencyKey },
  })
}

/** Creates a connection and puts it into the cache, so that its page has it before the stream brings it. */
export function useCreatePeering(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ idempotencyKey, ...body }: CreatePeering & { idempotencyKey: string }) =>
      createPeering(projectId, body, idempotencyKey),
    onSuccess: (peering) => keepPeering(queryClient, peering),
  })
}

/** Has Atlas looked at now, because somebody did their part. */
export function useLookNow(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      sendJson({ url: apiUrls.lookNow(projectId, peeringId), isAnswer: isPeering, method: "POST" }),
    onSuccess: (peering) => keepPeering(queryClient, peering),
  })
}
