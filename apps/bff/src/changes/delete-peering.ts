import type { Peering, PeeringRemoval, ProviderName, RawAnswer } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { toAuditResult } from "#audit/audit-result.ts"
import { AppError } from "#base/app-error.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { Policies } from "#policies/policies.ts"
import type { PeeringStore } from "#polling/peering-store.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { toDistinctName } from "./blast-radius.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { toTarget } from "./target.ts"

interface DeleteDeps {
  atlas: AtlasClient
  policies: Pick<Policies, "judgeChange" | "nameInRefusal">
  pollers: PollerPool
}

interface DeletePlan {
  providerName: ProviderName
}

/** Atlas's codes for a peering that is deleted or being deleted already. */
const doneCodes: ReadonlySet<string | null | undefined> = new Set([
  "PEER_NOT_FOUND",
  "PEER_ALREADY_REQUESTED_DELETION",
])

/**
 * Reads a peering that is to be deleted; null when it is gone. Deleting it twice is no error.
 * @throws AppError `peering_not_found` when there never was one
 */
export async function readToDelete(
  { pollers, peeringStore }: { pollers: PollerPool; peeringStore: PeeringStore },
  projectId: string,
  peeringId: string,
): Promise<Peering | null> {
  return await getPeering(pollers, projectId, peeringId, beforeChangeMs).catch(async (thrown: unknown) => {
    const isMissing = thrown instanceof AppError && thrown.code === "peering_not_found"
    if (isMissing && (await peeringStore.loadGone(projectId)).some(({ id }) => id === peeringId)) return null
    throw thrown
  })
}

/** The deletion of a peering in any state (Atlas: Remove One Network Peering Connection). */
export function createDeleteKind({
  atlas,
  policies,
  pollers,
}: DeleteDeps): ChangeKind<DeletePlan, PeeringRemoval, RawAnswer> {
  /** Returns null when Atlas does not answer. */
  async function look(
    projectId: string,
    peeringId: string,
    { providerName }: DeletePlan,
  ): Promise<PeeringRemoval | { state: "there"; peering: Peering } | null> {
    const cloud = pollers.of(projectId, providerName)
    await cloud.pollAnew()
    if (cloud.failure !== null) return null
    const peering = pollers.live.find(projectId, peeringId)
    if (peering === null) return { state: "gone", peering }
    return { state: getWaitingOn(peering.peer) === "closing" ? "closing" : "there", peering }
  }
  return {
    action: "peering-delete",
    isDoneByOthers: true,
    toActions: () => ["delete"],
    toClouds: ({ providerName }) => [providerName],
    toShown: ({ subject, plan, before }) => ({
      kind: "delete",
      peeringId: subject,
      target: toTarget(before, plan.providerName),
    }),
    readBefore: async ({ projectId, subject }) =>
      (await getPeering(pollers, projectId, subject, beforeChangeMs)).raw,
    toAttempt: ({ subject, before }) => ({ peeringId: subject, request: { peeringId: subject }, before }),
    async send({ projectId, subject, plan }) {
      const lastKnown = pollers.live.find(projectId, subject)
      const sent = policies.nameInRefusal(projectId, atlas.deletePeer(projectId, subject), () =>
        policies.judgeChange(projectId, subject, null),
      )
      const { answerCode } = await sent.catch((thrown: unknown) => {
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
