import { apiUrls, idempotencyKeyHeader, type RequestAgain } from "@peering-desk/shared-schemas"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { isHeld, orHeld } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"
import { keepPeering } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

/** Deletes a failed peering and creates the same again. Sent again after a lost answer, it does neither twice. */
export function useRequestAgain(projectId: string, peeringId: string) {
  const queryClient = useQueryClient()
  const [key] = useState(() => crypto.randomUUID())
  return useMutation({
    mutationFn: (body: RequestAgain) =>
      sendJson({
        url: apiUrls.requestAgain(projectId, peeringId),
        isAnswer: orHeld(isPeering),
        method: "POST",
        body,
        headers: { [idempotencyKeyHeader]: key },
      }),
    onSuccess: (answer) => isHeld(answer) || keepPeering(queryClient, answer),
  })
}
