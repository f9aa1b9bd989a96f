import type { Peering, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toActorName } from "#audit/actor-fields.ts"
import { waitAtMost } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { getPeering } from "#polling/list-peerings.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import type { CloudFacts } from "./cloud-facts.ts"
import { acceptFacts, pasteFacts, readKnownFacts, type FactsDeps } from "./paste-facts.ts"

/** An answer waits this long for a reading. */
const patienceMs = 5_000

/** What people paste about the network of a connection, and accept of what a share link's holder pasted. */
export function createFactsHandlers(deps: FactsDeps & { cloudFacts: CloudFacts; logger: Logger }) {
  const findPeering = ({ projectId, peeringId }: { projectId: string; peeringId: string }) =>
    getPeering(deps.pollers, projectId, peeringId)
  const toAbout = (request: Request, params: { projectId: string; peeringId: string }) => ({
    ...toActor(request),
    projectId: params.projectId,
    peeringId: params.peeringId,
  })
  /** Waits a while for a reading, which goes on. A later answer has what it finds. */
  async function readFirst({ projectId, id: peeringId }: Peering, reading: Promise<void>): Promise<void> {
    const read = reading.catch((error: unknown) => {
      deps.logger.error(
        { err: error, projectId, peeringId },
        "Could not read a network through its connected account",
      )
    })
    await waitAtMost(deps.clock, patienceMs, [read])
  }

  return {
    peeringFacts: {
      async get({ params, query: { viewing } }) {
        const peering = await findPeering(params)
        if (viewing === "true") await readFirst(peering, deps.cloudFacts.readViewed(peering))
        return await readKnownFacts(deps, peering)
      },
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
      async post({ params }) {
        const peering = await findPeering(params)
        await readFirst(peering, deps.cloudFacts.readNow(peering))
        return await readKnownFacts(deps, peering)
      },
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
