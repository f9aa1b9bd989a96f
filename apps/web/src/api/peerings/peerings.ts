import {
  apiUrls,
  idempotencyKeyHeader,
  type CreatePeering,
  type Peering,
  type ProblemCode,
} from "@peering-desk/shared-schemas"
import { useMutation, type QueryClient } from "@tanstack/react-query"
import { hasFields, orHeld } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { sendJson } from "#api/http.ts"
import { keepPeering, keepUnlessHeld } from "./peering-cache.ts"
import { RequestError } from "#api/request-error.ts"

export const isPeering = hasFields<Peering>("id", "projectId", "peer")

/**
 * Asks for a new connection, or for its approval where somebody has to approve, and puts it into the cache, so that its page has it before
 * the stream brings it. Sent again with the same `idempotencyKey`, 16 to 64 letters, digits, `_` or `-`, it gives the first answer again
 * and creates nothing. After a failure with code `outcome_unknown` the connection may exist all the same.
 */
export function useCreatePeering(projectId: string) {
  return useChange(
    ({ idempotencyKey, ...body }: CreatePeering & { idempotencyKey: string }) => ({
      url: apiUrls.peerings(projectId),
      isAnswer: orHeld(isPeering),
      method: "POST",
      body,
      headers: { [idempotencyKeyHeader]: idempotencyKey },
    }),
    { onAnswer: keepUnlessHeld },
  )
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
  return useMutation({ mutationFn: (_: void, { client }) => pollNow(client, projectId, peeringId) })
}
