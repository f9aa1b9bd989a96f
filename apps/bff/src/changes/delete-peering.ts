import type { Peering, PeeringRemoval } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { runAudited } from "#audit/run-audited.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import type { Requester } from "#projects/requester.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { toDistinctName } from "./blast-radius.ts"
import type { ChangePeeringDeps } from "./change-peering.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"

interface DeletePeeringDeps extends ChangePeeringDeps {
  peeringStore: PeeringStore
}

/** Atlas's codes for a peering that is deleted or being deleted already. */
const doneCodes: ReadonlySet<string | null | undefined> = new Set([
  "PEER_NOT_FOUND",
  "PEER_ALREADY_REQUESTED_DELETION",
])

/**
 * Deletes a peering in any state (Atlas: Remove One Network Peering Connection). Deleting it twice is no error.
 * @param name the name that the person typed as confirmation; null when a form showed which one it deletes
 * @throws AppError `invalid_request` when that is not its name
 */
export async function deletePeering(
  deps: DeletePeeringDeps,
  { projectId, ...requester }: Requester,
  peeringId: string,
  name: string | null,
): Promise<PeeringRemoval> {
  const { atlas, peeringStore, pollers } = deps
  const before = await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(
    async (thrown: unknown) => {
      const isMissing = thrown instanceof AppError && thrown.code === "peering_not_found"
      if (isMissing && (await peeringStore.loadGone(projectId)).some(({ id }) => id === peeringId))
        return null
      throw thrown
    },
  )
  if (before === null) return { state: "gone", peering: null }
  if (name !== null) checkName(pollers, before, name)
  const cloud = pollers.of(projectId, before.peer.providerName)
  const lookUp = async (): Promise<PeeringRemoval | null> => {
    await cloud.poll(0)
    if (cloud.failure !== null) return null
    const peering = pollers.live.find(projectId, peeringId)
    if (peering === null) return { state: "gone", peering: null }
    return getWaitingOn(peering.peer) === "closing" ? { state: "closing", peering } : null
  }
  const attempt = { action: "peering-delete", peeringId, request: { peeringId }, before: before.raw } as const
  return await runAudited(
    deps,
    { ...attempt, ...requester, projectId },
    {
      async send() {
        const { answerCode } = await atlas.deletePeer(projectId, peeringId).catch((thrown: unknown) => {
          if (thrown instanceof AppError && doneCodes.has(thrown.shown.atlas?.errorCode))
            return toAuditResult(thrown)
          throw thrown
        })
        // Atlas accepted the deletion even if its list does not show it yet. The poller tells the rest.
        const lastKnown = pollers.live.find(projectId, peeringId) ?? before
        const value = (await lookUp()) ?? { state: "closing" as const, peering: lastKnown }
        return { value, answerCode }
      },
      lookUp,
      toAfter: ({ peering }) => peering?.raw ?? null,
    },
  )
}

/** @throws AppError `invalid_request` unless the typed name is the peering's */
export function checkName({ live }: PollerPool, { projectId, peer }: Peering, typed: string): void {
  const confirmBy = toDistinctName(peer, live.list(projectId).peerings)
  if (typed.trim() !== confirmBy)
    throw new AppError("invalid_request", { fields: { name: `Type ${confirmBy} to confirm` } })
}
