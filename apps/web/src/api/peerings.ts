import { apiUrls, idempotencyKeyHeader, type CreatePeering, type Peering } from "@peering-desk/shared-schemas"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"
import { keepPeering } from "./peering-cache.ts"

const isPeering = hasFields<Peering>("id", "projectId", "peer")

/** One connection, asked of Atlas now rather than remembered. */
function readPeering(projectId: string, peeringId: string, signal?: AbortSignal): Promise<Peering> {
  return readJson({ url: apiUrls.peering(projectId, peeringId), isAnswer: isPeering, signal })
}

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

/** Looks at one connection now, at the person's own wish. */
export function useLookNow(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => readPeering(projectId, peeringId),
    onSuccess: (peering) => keepPeering(queryClient, peering),
  })
}
