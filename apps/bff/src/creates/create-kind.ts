import { isSamePeering } from "@peering-desk/peering-rules"
import {
  readAtlasPeer,
  type Peering,
  type PeeringRequest,
  type RawAnswer,
} from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import type { ChangeRows } from "#changes/engine/change-rows.ts"
import type { StoredChange } from "#changes/engine/stored-change.ts"
import type { PeeringWriter } from "#polling/peering-writer.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

/** One create as the person sent it. */
export interface CreatePlan {
  request: PeeringRequest
  /** Ids of the peerings that existed before. */
  knownBefore: string[]
  /** Id of the peering that is deleted first; null for a plain create. */
  replaces: string | null
  /** Key of the person. */
  userKey: string
  /** Hash of everything that was sent. Two bodies with the same content have the same hash. */
  bodyHash: string
}

export type StoredCreate = StoredChange<CreatePlan>

/** A peering that a create made. */
export interface Created {
  id: string
  raw: RawAnswer
  /** The version of the live state when the request left; null when a list showed the peering. */
  since: number | null
}

export interface CreateKindDeps {
  atlas: Pick<AtlasClient, "createPeer">
  pollers: PollerPool
  peeringWriter: PeeringWriter
  changeRows: Pick<ChangeRows, "listMadeByOthers" | "listOpen">
  clock: Clock
}

/** Returns the id of the change for an Idempotency-Key, which counts in its project alone. No project id has a space. */
export function toCreateId({ projectId, key }: { projectId: string; key: string }): string {
  return `${projectId} ${key}`
}

export function toCreate(change: StoredChange): StoredCreate {
  return { ...change, plan: change.plan as CreatePlan }
}

/** The creation of a peering (Atlas: Create One Network Peering Connection). */
export function createCreateKind(deps: CreateKindDeps): ChangeKind<CreatePlan, Created> {
  const { atlas, clock, peeringWriter, pollers } = deps
  return {
    action: "peering-create",
    // Two creates never have one peering: the step that settles one looks whether another has it.
    isDoneByOthers: true,
    async send({ projectId, plan: { request } }) {
      const since = pollers.live.stored.version
      const raw = await atlas.createPeer(projectId, request)
      const peer = readAtlasPeer(raw, request.providerName)
      if (peer === null)
        throw new AppError("outcome_unknown", { detail: "Atlas answered without the new connection's id." })
      return { value: { id: peer.id, raw, since }, answerCode: "201" }
    },
    async findOut(change) {
      const { projectId, plan } = change
      const cloud = pollers.of(projectId, plan.request.providerName)
      await cloud.poll(0)
      const found = await findCreated(deps, change)
      // If another create of the same networks is being sent, its answer tells which one made the peering.
      if (found !== null)
        return (await isAnotherBeingSent(deps, change, found)) ? null : { is: "done", result: toFound(found) }
      return cloud.failure === null ? { is: "not-done" } : null
    },
    toAfter: ({ raw }) => raw,
    toPeeringId: ({ id }) => id,
    async store(transaction, { projectId, plan }, { id, raw, since }) {
      const cloud = { projectId, providerName: plan.request.providerName }
      const { userKey: createdBy } = plan
      if (since === null) await peeringWriter.storeCreator(transaction, cloud, id, createdBy)
      else await peeringWriter.storeAnswer(transaction, { cloud, raw, since, at: clock.now(), createdBy })
    },
  }
}

export function toFound({ id, raw }: Peering): Created {
  return { id, raw, since: null }
}

/**
 * Finds the peering that a create made among those of its cloud, or null. It connects the same networks, did not exist before and is not
 * the result of another create.
 */
export async function findCreated(
  { changeRows, pollers }: Pick<CreateKindDeps, "changeRows" | "pollers">,
  change: StoredCreate,
): Promise<Peering | null> {
  const { request, knownBefore } = change.plan
  const matching = pollers.live
    .ofCloud(change.projectId, request.providerName)
    .filter(({ id, peer }) => !knownBefore.includes(id) && isSamePeering(request, peer))
  const taken = await changeRows.listMadeByOthers(
    change,
    matching.map(({ id }) => id),
  )
  return matching.find(({ id }) => !taken.includes(id)) ?? null
}

/** Returns true while another create of the same networks is being sent: the peering may be its result. */
async function isAnotherBeingSent(
  { changeRows }: Pick<CreateKindDeps, "changeRows">,
  { id, kind, projectId }: StoredCreate,
  { peer }: Peering,
): Promise<boolean> {
  return (await changeRows.listOpen()).some(
    (other) =>
      other.id !== id &&
      other.kind === kind &&
      other.projectId === projectId &&
      other.state !== "unknown" &&
      isSamePeering(toCreate(other).plan.request, peer),
  )
}
