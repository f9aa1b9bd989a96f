import { isSamePeering } from "@peering-desk/peering-rules"
import { readAtlasPeer, type Peering, type RawAnswer } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { AskingDeps } from "#changes/engine/ask-for-change.ts"
import type { ChangeKind } from "#changes/engine/change-kind.ts"
import { keepPasted } from "#facts/network-facts.ts"
import { writeLabel } from "#polling/annotations.ts"
import type { PeeringWriter } from "#polling/peering-writer.ts"
import { beforeChangeMs, getPeering } from "#polling/list-peerings.ts"
import { prepareCreate, type PrepareDeps } from "./prepare-create.ts"
import { toBody, toCreate, type CreateBefore, type CreatePlan, type StoredCreate } from "./stored-create.ts"
import { toReplacedTarget } from "./target.ts"

/** A peering that a create made. */
export interface Created {
  id: string
  raw: RawAnswer
  /** The version of the live state when the request left; null when a list showed the peering. */
  since: number | null
}

export interface CreateKindDeps extends PrepareDeps {
  peeringWriter: PeeringWriter
}

export interface CreateDeps extends CreateKindDeps, AskingDeps {
  kinds: { "peering-create": ChangeKind<CreatePlan, Created, CreateBefore> }
  /** No other process can have sent anything since this time (milliseconds since 1970); null when several share the store. */
  aloneSince: number | null
}

/** The creation of a peering (Atlas: Create One Network Peering Connection), in the place of a failed one where that is deleted first. */
export function createCreateKind(deps: CreateKindDeps): ChangeKind<CreatePlan, Created, CreateBefore> {
  const { atlas, clock, peeringWriter, policies, pollers } = deps
  return {
    action: "peering-create",
    // Two creates never have one peering: the step that settles one looks whether another has it.
    isDoneByOthers: true,
    toActions: ({ replaces, newContainer }) => [
      ...(replaces === null ? [] : (["delete"] as const)),
      "create",
      ...(newContainer === undefined ? [] : (["container"] as const)),
    ],
    toClouds: ({ request }) => [request.providerName],
    toShown({ plan: { request, newContainer, named, replaces }, before: { replaced } }) {
      const sent = {
        request: { ...request },
        ...(newContainer && { newContainer: { ...newContainer } }),
        ...(named && { label: named.label }),
      }
      if (replaces === null || replaced === null) return { kind: "create", ...sent }
      const target = toReplacedTarget(replaced, request.providerName)
      return { kind: "request-again", peeringId: replaces, target, ...sent }
    },
    toDecided: ({ pasted: _pasted, ...decided }) => decided,
    async readBefore({ projectId, plan: { replaces }, before }) {
      // Once it is being sent, the one that it replaces may be gone.
      if (before !== null && (replaces === null || before.known !== null)) return before
      const replaced =
        replaces === null ? null : (await getPeering(pollers, projectId, replaces, beforeChangeMs)).raw
      return { replaced, known: null, container: null }
    },
    toAttempt: (thing) => ({ peeringId: null, request: toBody(thing), before: null }),
    prepare: (changes, change, by) => prepareCreate(deps, changes, change, by),
    async send({ projectId, ...change }) {
      const since = pollers.live.stored.version
      const request = toBody(change)
      const raw = await policies.nameInRefusal(projectId, atlas.createPeer(projectId, request), () =>
        policies.judgeCreate(projectId, request, null),
      )
      const peer = readAtlasPeer(raw, request.providerName)
      if (peer === null)
        throw new AppError("outcome_unknown", { detail: "Atlas answered without the new connection's id." })
      return { value: { id: peer.id, raw, since }, answerCode: "201" }
    },
    async findOut(change) {
      const { projectId, plan } = change
      const cloud = pollers.of(projectId, plan.request.providerName)
      await cloud.pollAnew()
      const found = (await findCreated(deps, change)) ?? (await findChangedSince(deps, change))
      // If another create of the same networks is being sent, its answer tells which one made the peering.
      if (found !== null)
        return (await isAnotherBeingSent(deps, change, found)) ? null : { is: "done", result: toFound(found) }
      const settled = await findSettled(deps, change)
      if (settled !== null) return { is: "done", result: toFound(settled) }
      return cloud.failure === null ? { is: "not-done" } : null
    },
    // The container stays even if the peering fails.
    explain: ({ before: { container } }, failure) =>
      Promise.resolve(container === null ? failure : failure.explain({ made: container })),
    toAfter: ({ raw }) => raw,
    toPeeringId: ({ id }) => id,
    async store(transaction, { projectId, plan, userKey: createdBy }, { id, raw, since }) {
      const cloud = { projectId, providerName: plan.request.providerName }
      const at = clock.now()
      if (plan.pasted !== undefined) await keepPasted(transaction, projectId, plan, at)
      const disproves =
        since !== null && (await peeringWriter.storeAnswer(transaction, { cloud, raw, since, at, createdBy }))
      if (since === null) await peeringWriter.storeCreator(transaction, cloud, id, createdBy)
      if (plan.named !== undefined)
        await writeLabel(transaction, { projectId, id }, plan.named.label, { by: plan.named.by, at })
      return disproves
    },
  }
}

export function toFound({ id, raw }: Pick<Peering, "id" | "raw">): Created {
  return { id, raw, since: null }
}

/**
 * Finds the peering that a create made among those of its cloud, or null. It connects the same networks, did not exist before and is not
 * the result of another create.
 */
export async function findCreated(
  { peeringWriter, pollers }: Pick<CreateKindDeps, "peeringWriter" | "pollers">,
  change: StoredCreate,
): Promise<Peering | null> {
  const request = toBody(change)
  const { projectId, before } = change
  const { providerName } = request
  const matching = pollers.live
    .ofCloud(projectId, providerName)
    .filter(({ peer }) => isSamePeering(request, peer))
  if (matching.length === 0) return null
  const free = await peeringWriter.listUnclaimed({ projectId, providerName }, before.known ?? 0)
  return matching.find(({ id }) => free.includes(id)) ?? null
}

/** Finds the peering that a create made by how it was when it was first found: somebody may have given it another network since, or removed it. */
async function findChangedSince(
  { peeringWriter }: Pick<CreateKindDeps, "peeringWriter">,
  change: StoredCreate,
): Promise<Pick<Peering, "id" | "raw" | "peer"> | null> {
  const request = toBody(change)
  const { projectId, before } = change
  const { providerName } = request
  if (before.known === null) return null
  for (const { id, raw } of await peeringWriter.readFirstAnswers({ projectId, providerName }, before.known)) {
    const peer = readAtlasPeer(raw, providerName)
    if (peer !== null && isSamePeering(request, peer)) return { id, raw, peer }
  }
  return null
}

/** Finds the peering of a create that another look settled meanwhile, the leader's while a person waits. Since then it is not free any more. */
async function findSettled(
  { changeRows, pollers }: Pick<CreateKindDeps, "changeRows" | "pollers">,
  { id, projectId }: StoredCreate,
): Promise<Peering | null> {
  const now = await changeRows.find(id)
  return now?.state === "done" ? pollers.live.find(projectId, now.peeringId ?? "") : null
}

/** Returns true while another create of the same networks is being sent: the peering may be its result. */
async function isAnotherBeingSent(
  { changeRows }: Pick<CreateKindDeps, "changeRows">,
  { id, kind, projectId }: StoredCreate,
  { peer }: Pick<Peering, "peer">,
): Promise<boolean> {
  return (await changeRows.listOpen()).some(
    (other) =>
      other.id !== id &&
      other.kind === kind &&
      other.projectId === projectId &&
      other.state !== "unknown" &&
      isSamePeering(toBody(toCreate(other)), peer),
  )
}
