import type { Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import { toStillRunning } from "#changes/engine/change-states.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import { toUserKey } from "#store/session-store.ts"
import type { CreateDeps, CreateInput } from "./create-deps.ts"
import {
  createCreateKind,
  findCreated,
  toCreate,
  toCreateId,
  type CreatePlan,
  type StoredCreate,
} from "./create-kind.ts"
import { answerLookedUp, readCreated } from "./look-up-create.ts"
import { adoptLate, toCreateAttempt } from "./send-create.ts"
import { sendClaimed } from "./send-with-container.ts"

/** A create that nobody touched for this long was left behind by its server, though the leader did not see it yet. In milliseconds. */
const orphanedAfterMs = 20_000
/** Maximum age of the list that says which peerings existed before, in milliseconds. */
const knownForMs = 2_000

/**
 * Creates a peering, once per key, in whichever process a request arrives. `changes/engine/change-states.ts` shows the states it passes.
 * @throws AppError `preflight_refused` or `plan_changed` before anything is sent; `idempotency_key_reused` if the key had another content
 * or person; `still_running`; `outcome_unknown` when the answer was lost and the peering is not found at once
 */
export async function createPeering(deps: CreateDeps, input: CreateInput): Promise<Peering> {
  const { projectId, key, request, newContainer, reason } = input
  const replaces = input.replaces?.peeringId ?? null
  // Without the plan: a repeated request may have seen a newer plan for the same content.
  const bodyHash = toContentHash({
    request,
    reason,
    ...(newContainer && { newContainer }),
    ...(replaces !== null && { replaces }),
  })
  const userKey = toUserKey(input.identity)
  const id = toCreateId({ projectId, key })
  const earlier = await deps.changes.find(id)
  if (earlier !== null) return await answerEarlier(deps, input, toCreate(earlier), { userKey, bodyHash })

  await pollFirst(deps, input)
  try {
    await checkPreflight(deps.snapshotReader, input, replaces)
  } catch (thrown) {
    // The same request may have been sent twice at once, and the verdict be about the peering that the other one made.
    const other = await deps.changes.find(id)
    if (other === null) throw thrown
    return await answerEarlier(deps, input, toCreate(other), { userKey, bodyHash })
  }
  // Poll again if the verdict had to wait for other projects, since the list may be too old by now.
  await pollFirst(deps, input)
  const knownBefore = deps.pollers.live.ofCloud(projectId, request.providerName).map((peering) => peering.id)
  const plan: CreatePlan = { request, knownBefore, replaces, userKey, bodyHash }
  const wanted = { id, projectId, subject: key, plan, before: null }
  const kind = createCreateKind(deps)
  const sendsAtOnce = newContainer === undefined && replaces === null
  const created = await deps.changes.work(id, async () => {
    const claimed = sendsAtOnce
      ? await deps.changes.claimSent(kind, { ...toCreateAttempt(input), ...wanted, request })
      : await deps.changes.claim(kind, wanted)
    return claimed && (await sendClaimed(deps, input, claimed))
  })
  if (created !== null) return created
  const winner = await deps.changes.find(id)
  if (winner === null) throw new Error("A create was removed while it was claimed")
  return await answerEarlier(deps, input, toCreate(winner), { userKey, bodyHash })
}

/** Answers a create whose key was used before, by its state. */
async function answerEarlier(
  deps: CreateDeps,
  input: CreateInput,
  earlier: StoredCreate,
  { userKey, bodyHash }: Pick<CreatePlan, "userKey" | "bodyHash">,
): Promise<Peering> {
  if (earlier.plan.userKey !== userKey || earlier.plan.bodyHash !== bodyHash)
    throw new AppError("idempotency_key_reused", {
      detail: "Send changed content under a new Idempotency-Key.",
    })
  switch (earlier.state) {
    case "done":
      return await readCreated(deps, earlier)
    case "refused":
    case "failed":
      return await sendAgain(deps, input, earlier)
    case "ready":
    case "sent":
    case "unknown":
    case "unclear":
      if (!isOrphaned(deps, earlier)) throw toStillRunning()
      return await answerLookedUp(deps, earlier)
  }
}

/** Returns true if no process works on a create any more. */
function isOrphaned({ aloneSince, changes, clock }: CreateDeps, change: StoredCreate): boolean {
  if (changes.isWorkingOn(change)) return false
  const { state, updatedAt } = change
  if (state === "unknown" || state === "unclear") return true
  return updatedAt < (aloneSince ?? 0) || clock.now() - updatedAt >= orphanedAfterMs
}

/** Sends a create again that made nothing. If its earlier request reached Atlas late, returns that peering instead. */
async function sendAgain(deps: CreateDeps, input: CreateInput, earlier: StoredCreate): Promise<Peering> {
  await pollFirst(deps, input)
  return await deps.changes.work(earlier.id, async () => {
    const claimed = await deps.changes.claimAgain(earlier)
    const lostAttempt = earlier.problem?.code === "outcome_unknown" ? earlier.attemptSequence : null
    if (lostAttempt !== null) {
      const late = await findCreated(deps, claimed)
      if (late !== null && (await adoptLate(deps, claimed, late, lostAttempt))) return late
    }
    return await sendClaimed(deps, input, claimed, lostAttempt)
  })
}

/**
 * Polls which peerings exist before anything is sent, so a lost answer is never matched to an older one.
 * @throws AppError if the list can't be read
 */
async function pollFirst({ pollers }: CreateDeps, { projectId, request }: CreateInput): Promise<void> {
  const cloud = pollers.of(projectId, request.providerName)
  await cloud.poll(cloud.failure === null ? knownForMs : 0)
  if (cloud.failure !== null) throw cloud.failure
}
