import type { PeeringRemoval } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { runAudited } from "#audit/run-audited.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import type { AskedBy } from "#projects/requester.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import { toDistinctName } from "./blast-radius.ts"
import type { ChangePeeringParts } from "./change-peering.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"

interface DeletePeeringParts extends ChangePeeringParts {
  peeringStore: PeeringStore
}

/** Atlas's ways to say that it is gone, or going, already. */
const doneCodes: ReadonlySet<string | null | undefined> = new Set([
  "PEER_NOT_FOUND",
  "PEER_ALREADY_REQUESTED_DELETION",
])

/**
 * Has Atlas take a connection away, whatever state it is in (Atlas: Remove One Network Peering Connection). One that is gone or
 * going already is none the worse for being asked twice.
 * @param name what the person typed, to be sure
 * @throws AppError `invalid_request` when that is not its name
 */
export async function deletePeering(
  parts: DeletePeeringParts,
  { projectId, ...askedBy }: AskedBy,
  peeringId: string,
  name: string,
): Promise<PeeringRemoval> {
  const { atlas, peeringStore, pollers } = parts
  const before = await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(
    async (thrown: unknown) => {
      const isMissing = thrown instanceof AppError && thrown.code === "peering_not_found"
      if (isMissing && (await peeringStore.loadGone(projectId)).some(({ id }) => id === peeringId))
        return null
      throw thrown
    },
  )
  if (before === null) return { state: "gone", peering: null }
  const wanted = toDistinctName(before.peer, pollers.live.list(projectId).peerings)
  if (name.trim() !== wanted)
    throw new AppError("invalid_request", { fields: { name: `Type ${wanted} to delete this connection` } })

  const cloud = pollers.of(projectId, before.peer.providerName)
  const lookAfter = async (): Promise<PeeringRemoval | null> => {
    cloud.expectGone(peeringId)
    await cloud.poll(0)
    if (cloud.failure !== null) return null
    const peering = pollers.live.find(projectId, peeringId)
    if (peering === null) return { state: "gone", peering: null }
    return getWaitingOn(peering.peer) === "closing" ? { state: "closing", peering } : null
  }
  const attempt = { action: "peering-delete", peeringId, request: { peeringId }, before: before.raw } as const
  return await runAudited(
    parts,
    { ...attempt, ...askedBy, projectId },
    {
      async send() {
        const { answerCode } = await atlas.deletePeer(projectId, peeringId).catch((thrown: unknown) => {
          if (thrown instanceof AppError && doneCodes.has(thrown.shown.atlas?.errorCode))
            return toAuditResult(thrown)
          throw thrown
        })
        // Atlas has taken it on, whether or not its list shows so yet; the watch tells the rest.
        const asLastSeen = pollers.live.find(projectId, peeringId) ?? before
        const value = (await lookAfter()) ?? { state: "closing" as const, peering: asLastSeen }
        return { value, answerCode }
      },
      lookUp: lookAfter,
      toAfter: ({ peering }) => peering?.raw ?? null,
    },
  )
}
