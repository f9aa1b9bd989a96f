import type { Peering } from "@peering-desk/shared-schemas"
import { toContentHash } from "#base/content-hash.ts"
import type { CreateIntent } from "./create-intents.ts"
import { toUserKey } from "#store/session-store.ts"
import type { CloudPoller } from "#polling/cloud-poller.ts"
import { answerEarlierCreate, toStillRunning } from "./earlier-create.ts"
import { findCreated } from "./find-created.ts"
import { checkPreflight } from "#preflight/preflight.ts"
import { settleFoundLater, type CreateDeps, type WantedCreate } from "./send-create.ts"
import { sendWithContainer } from "./send-with-container.ts"

/** A list this young tells what was there before, in milliseconds. */
const knownForMs = 2_000

/**
 * Asks Atlas for a connection, once for each key, whichever process or life of a process is asked. The intent and the audit row are
 * on the disk before anything leaves. When the answer is lost the connection is looked up by what it joins, never sent again.
 * @throws AppError `preflight_refused` or `plan_changed` before anything is sent; `outcome_unknown` when it isn't found at once; it is looked for until it is known, and the same key tells
 */
export async function createPeering(parts: CreateDeps, wanted: WantedCreate): Promise<Peering> {
  const { intents, pollers } = parts
  const { projectId, key, request, newContainer, reason } = wanted
  // Not the plan: who asks again under the key may have seen a newer one of the same content.
  const bodyHash = toContentHash({ request, reason, ...(newContainer && { newContainer }) })
  const asked = { userKey: toUserKey(wanted.identity), bodyHash }
  const again = (intent: CreateIntent) => sendAgain(parts, wanted, intent)
  const earlier = await intents.find({ projectId, key })
  if (earlier !== null) return await answerEarlierCreate(parts, asked, earlier, again)

  await pollFirst(parts, wanted)
  await checkPreflight(parts.snapshotReader, wanted)
  // Once more, which costs no call when it was quick: while it waits for other projects, what was there before grows old.
  const cloud = await pollFirst(parts, wanted)
  const knownBefore = pollers.live.ofCloud(projectId, request.providerName).map(({ id }) => id)
  const { won, intent } = await intents.claim({ ...asked, projectId, key, body: request, knownBefore })
  if (!won) return await answerEarlierCreate(parts, asked, intent, again)
  return await sendWithContainer(parts, wanted, intent, cloud)
}

/** So that a connection which was there before is not taken for the one that is asked for: without that knowledge nothing is sent. */
async function pollFirst(
  { pollers }: CreateDeps,
  { projectId, request }: WantedCreate,
): Promise<CloudPoller> {
  const cloud = pollers.of(projectId, request.providerName)
  await cloud.poll(cloud.failure === null ? knownForMs : 0)
  if (cloud.failure !== null) throw cloud.failure
  return cloud
}

/** Nothing was made of it, so the person's sending it once more is no repetition. */
async function sendAgain(parts: CreateDeps, wanted: WantedCreate, intent: CreateIntent): Promise<Peering> {
  const { projectId, request } = wanted
  const cloud = await pollFirst(parts, wanted)
  const claimed = await parts.intents.claimAgain(intent, intent.knownBefore)
  if (claimed === null) throw toStillRunning()
  const late = wasLost(intent)
    ? await findCreated(parts.intents, claimed, parts.pollers.live.ofCloud(projectId, request.providerName))
    : null
  if (late !== null) return await settleFoundLater(parts, claimed, late, intent.attemptSequence)
  return await sendWithContainer(
    parts,
    wanted,
    claimed,
    cloud,
    wasLost(intent) ? intent.attemptSequence : null,
  )
}

/** Whether it had been sent and its answer lost: then it may have reached Atlas after all, later than anything should. */
function wasLost({ state, problem, attemptSequence }: CreateIntent): boolean {
  return state === "not-created" && problem?.code === "outcome_unknown" && attemptSequence !== null
}
