import type { Peering, PeeringRemoval, ProviderName } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangeToSend } from "#changes/engine/changes.ts"
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

interface DeletePlan {
  providerName: ProviderName
}

/**
 * Deletes a peering in any state (Atlas: Remove One Network Peering Connection). Deleting it twice is no error.
 * @param name the name that the person typed as confirmation; null when a form showed which one it deletes
 * @param more its id, and what is written with it
 * @throws AppError `invalid_request` when that is not its name
 */
export async function deletePeering(
  { changes, peeringStore, ...deps }: DeletePeeringDeps,
  requester: Requester,
  peeringId: string,
  name: string | null,
  more: Pick<ChangeToSend<DeletePlan>, "id" | "writeWith"> = {},
): Promise<PeeringRemoval> {
  const { pollers } = deps
  const { projectId } = requester
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
  const about = { subject: peeringId, peeringId, before: before.raw, request: { peeringId } }
  const plan = { providerName: before.peer.providerName }
  return await changes.run(createDeleteKind(deps), { ...about, ...requester, ...more, plan })
}

/** The deletion of a peering (Atlas: Remove One Network Peering Connection). */
export function createDeleteKind({
  atlas,
  pollers,
}: Pick<DeletePeeringDeps, "atlas" | "pollers">): ChangeKind<DeletePlan, PeeringRemoval> {
  /** Returns null when Atlas does not answer. */
  async function look(
    projectId: string,
    peeringId: string,
    { providerName }: DeletePlan,
  ): Promise<PeeringRemoval | { state: "there"; peering: Peering } | null> {
    const cloud = pollers.of(projectId, providerName)
    await cloud.poll(0)
    if (cloud.failure !== null) return null
    const peering = pollers.live.find(projectId, peeringId)
    if (peering === null) return { state: "gone", peering }
    return { state: getWaitingOn(peering.peer) === "closing" ? "closing" : "there", peering }
  }
  return {
    action: "peering-delete",
    isDoneByOthers: true,
    async send({ projectId, subject, plan }) {
      const lastKnown = pollers.live.find(projectId, subject)
      const { answerCode } = await atlas.deletePeer(projectId, subject).catch((thrown: unknown) => {
        if (thrown instanceof AppError && doneCodes.has(thrown.shown.atlas?.errorCode))
          return toAuditResult(thrown)
        throw thrown
      })
      const now = await look(projectId, subject, plan)
      // Atlas accepted the deletion even if its list does not show it yet. The poller tells the rest.
      const value =
        now === null || now.state === "there"
          ? { state: "closing" as const, peering: now?.peering ?? lastKnown }
          : now
      return { value, answerCode }
    },
    async findOut({ projectId, subject, plan }) {
      const now = await look(projectId, subject, plan)
      if (now === null) return null
      return now.state === "there" ? { is: "not-done" } : { is: "done", result: now }
    },
    toAfter: ({ peering }) => peering?.raw ?? null,
  }
}

/** @throws AppError `invalid_request` unless the typed name is the peering's */
export function checkName({ live }: PollerPool, { projectId, peer }: Peering, typed: string): void {
  const confirmBy = toDistinctName(peer, live.list(projectId).peerings)
  if (typed.trim() !== confirmBy)
    throw new AppError("invalid_request", { fields: { name: `Type ${confirmBy} to confirm` } })
}
