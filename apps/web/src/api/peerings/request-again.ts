import {
  apiUrls,
  idempotencyKeyHeader,
  type HeldForApproval,
  type Peering,
  type RequestAgain,
} from "@peering-desk/shared-schemas"
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { isHeld, orHeld } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"
import { keepPeering } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

/**
 * Deletes a failed peering and creates the same again. Sent again under the same key, it does neither twice. Throws `RequestError`.
 * @param idempotencyKey 16 to 64 letters, digits, `_` or `-`
 */
async function requestAgain(
  client: QueryClient,
  { projectId, id }: Pick<Peering, "projectId" | "id">,
  body: RequestAgain,
  idempotencyKey: string,
): Promise<Peering | HeldForApproval> {
  const answer = await sendJson({
    url: apiUrls.requestAgain(projectId, id),
    isAnswer: orHeld(isPeering),
    method: "POST",
    body,
    headers: { [idempotencyKeyHeader]: idempotencyKey },
  })
  if (!isHeld(answer)) keepPeering(client, answer)
  return answer
}

/** Deletes a failed peering and creates the same again. Sent again after a lost answer, it does neither twice. */
export function useRequestAgain(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: (body: RequestAgain) => requestAgain(queryClient, { projectId, id: peeringId }, body, key),
  })
}
