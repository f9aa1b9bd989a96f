import type { Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toActorName } from "#audit/actor-fields.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import { acceptFacts, pasteFacts, readKnownFacts, type FactsDeps } from "./paste-facts.ts"

/** What people paste about the network of a connection, and accept of what a share link's holder pasted. */
export function createFactsHandlers(deps: FactsDeps) {
  const findPeering = ({ projectId, peeringId }: { projectId: string; peeringId: string }) =>
    getPeering(deps.pollers, projectId, peeringId)
  const toAbout = (request: Request, params: { projectId: string; peeringId: string }) => ({
    ...toActor(request),
    projectId: params.projectId,
    peeringId: params.peeringId,
  })
  return {
    peeringFacts: {
      get: async ({ params }) => await readKnownFacts(deps, await findPeering(params)),
      async post({ request, params, body: { text } }) {
        const peering = await findPeering(params)
        await pasteFacts(deps, peering, {
          text,
          source: "pasted",
          by: toActorName(userOf(request).identity),
          toEvent: (detail) => ({ ...toAbout(request, params), action: "facts-pasted", detail }),
        })
        return await readKnownFacts(deps, peering)
      },
    },
    readFacts: {
      post: async ({ params }) => await readKnownFacts(deps, await findPeering(params)),
    },
    acceptFacts: {
      async post({ request, params }) {
        const peering = await findPeering(params)
        await acceptFacts(deps, peering, (detail, { by }) => ({
          ...toAbout(request, params),
          action: "facts-accepted",
          detail: { ...detail, for: by },
        }))
        return await readKnownFacts(deps, peering)
      },
    },
  } satisfies ApiHandlers<Routes, "peeringFacts" | "readFacts" | "acceptFacts">
}
