import type { Peering } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toContentHash } from "#base/content-hash.ts"
import type { CloudPoller } from "#polling/cloud-poller.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import { toUserKey } from "#store/session-store.ts"
import type { CreateDeps, CreateInput } from "./create-deps.ts"
import type { CreateIntent } from "./create-intent.ts"
import { claim, claimAgain, claimSent, toStillRunning } from "./create-states.ts"
import { findCreated } from "./find-created.ts"
import { answerLookedUp, readCreated } from "./look-up-create.ts"
import { adoptLate, toCreateAttempt } from "./send-create.ts"
import { sendClaimed } from "./send-with-container.ts"

/** Maximum age of the list that says which peerings existed before, in milliseconds. */
const knownForMs = 2_000

/**
 * Creates a peering, once per key, in whichever process a request arrives. `create-states.ts` shows the states it passes.
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
  const earlier = await deps.intents.find({ projectId, key })
  if (earlier !== null) return await answerEarlier(deps, input, earlier, { userKey, bodyHash })

  await pollFirst(deps, input)
  try {
    await checkPreflight(deps.snapshotReader, input, replaces)
  } catch (thrown) {
    // The same request may have been sent twice at once, and the verdict be about the peering that the other one made.
    const other = await deps.intents.find({ projectId, key })
    if (other === null) throw thrown
    return await answerEarlier(deps, input, other, { userKey, bodyHash })
  }
  // Poll again if the verdict had to wait for other projects, since the list may be too old by now.
  const cloud = await pollFirst(deps, input)
  const knownBefore = deps.pollers.live.ofCloud(projectId, request.providerName).map(({ id }) => id)
  const wanted = { projectId, key, userKey, body: request, bodyHash, knownBefore, replaces }
  const sendsAtOnce = newContainer === undefined && replaces === null
  const claimed = sendsAtOnce
    ? await claimSent(deps, wanted, toCreateAttempt(input))
    : await claim(deps, wanted)
  if (claimed !== null) return await sendClaimed(deps, input, claimed, cloud)
  const winner = await deps.intents.find(wanted)
  if (winner === null) throw new Error("A create intent was removed while it was claimed")
  return await answerEarlier(deps, input, winner, { userKey, bodyHash })
}

/** Answers a create whose key was used before, by its state. */
async function answerEarlier(
  deps: CreateDeps,
  input: CreateInput,
  intent: CreateIntent,
  { userKey, bodyHash }: Pick<CreateIntent, "userKey" | "bodyHash">,
): Promise<Peering> {
  if (intent.userKey !== userKey || intent.bodyHash !== bodyHash)
    throw new AppError("idempotency_key_reused", {
      detail: "Send changed content under a new Idempotency-Key.",
    })
  switch (intent.state) {
    case "created":
      return await readCreated(deps, intent)
    case "refused":
    case "not-created":
      return await sendAgain(deps, input, intent)
    case "sending":
    case "unknown":
      if (!deps.reconciler.isOrphaned(intent)) throw toStillRunning()
      return await answerLookedUp(deps, intent)
  }
}

/** Sends a create again that made nothing. If its earlier request reached Atlas late, returns that peering instead. */
async function sendAgain(deps: CreateDeps, input: CreateInput, intent: CreateIntent): Promise<Peering> {
  const cloud = await pollFirst(deps, input)
  const claimed = await claimAgain(deps, intent)
  const lostAttempt = intent.problem?.code === "outcome_unknown" ? intent.attemptSequence : null
  if (lostAttempt !== null) {
    const listed = deps.pollers.live.ofCloud(intent.projectId, intent.providerName)
    const late = await findCreated(deps.intents, claimed, listed)
    if (late !== null && (await adoptLate(deps, claimed, late, lostAttempt))) return late
  }
  return await sendClaimed(deps, input, claimed, cloud, lostAttempt)
}

/**
 * Polls which peerings exist before anything is sent, so a lost answer is never matched to an older one.
 * @throws AppError if the list can't be read
 */
async function pollFirst({ pollers }: CreateDeps, { projectId, request }: CreateInput): Promise<CloudPoller> {
  const cloud = pollers.of(projectId, request.providerName)
  await cloud.poll(cloud.failure === null ? knownForMs : 0)
  if (cloud.failure !== null) throw cloud.failure
  return cloud
}
