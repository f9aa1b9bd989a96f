import { apiUrls, idempotencyKeyHeader, type RequestAgain } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { orHeld } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { peeringChangeKey } from "./change-peering.ts"
import { keepUnlessHeld } from "./peering-cache.ts"
import { isPeering } from "./peerings.ts"

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
