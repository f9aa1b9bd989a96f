import {
  apiUrls,
  idempotencyKeyHeader,
  type CreatePeering,
  type HeldForApproval,
  type Peering,
  type ProblemCode,
} from "@peering-desk/shared-schemas"
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { hasFields, isHeld, orHeld } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"
import { keepPeering } from "./peering-cache.ts"
import { RequestError } from "#api/request-error.ts"

export const isPeering = hasFields<Peering>("id", "projectId", "peer")

/**
 * Asks for a new connection, or for its approval where somebody has to approve. The same key sent again gives the first answer again and creates nothing.
 * Throws `RequestError`; with code `outcome_unknown` the connection may exist all the same.
 * @param idempotencyKey 16 to 64 letters, digits, `_` or `-`, made once per filled-in form
 */
function createPeering(
  projectId: string,
  body: CreatePeering,
  idempotencyKey: string,
): Promise<Peering | HeldForApproval> {
  return sendJson({
    url: apiUrls.peerings(projectId),
    isAnswer: orHeld(isPeering),
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
    onSuccess: (answer) => isHeld(answer) || keepPeering(queryClient, answer),
  })
}

/** The server refused the request unread, which says nothing about an earlier one. */
const beforeAnything: readonly ProblemCode[] = [
  "not_signed_in",
  "forbidden",
  "too_many_requests",
  "shutting_down",
]

/**
 * Returns whether a failed create may have made a connection; it may then only be sent again under the same key.
 * @param wasOpen true when that was so before the create was sent again
 */
export function isOutcomeOpen(error: unknown, wasOpen: boolean): boolean {
  if (!(error instanceof RequestError)) return false
  const code = error.problem?.code
  if (code === undefined || code === "outcome_unknown" || code === "still_running") return true
  return wasOpen && beforeAnything.includes(code)
}

/** Polls Atlas now for a connection's cloud and project. Throws `RequestError`. */
export async function pollNow(client: QueryClient, projectId: string, peeringId: string): Promise<Peering> {
  const url = apiUrls.pollNow(projectId, peeringId)
  const peering = await sendJson({ url, isAnswer: isPeering, method: "POST" })
  keepPeering(client, peering)
  return peering
}

/** Polls Atlas now, after somebody did their part. */
export function usePollNow(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  return useMutation({ mutationFn: () => pollNow(queryClient, projectId, peeringId) })
}
