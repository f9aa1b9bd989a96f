import { isSamePeering } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { CreateIntent } from "./create-intent.ts"
import type { CreateIntents } from "./create-intents.ts"

/**
 * Finds the peering that a create made among those of its cloud, or null. It connects the same networks, did not exist before and is not
 * the result of another create.
 */
export async function findCreated(
  intents: CreateIntents,
  intent: CreateIntent,
  peerings: readonly Peering[],
): Promise<Peering | null> {
  const { body, knownBefore } = intent
  const matching = peerings.filter(({ id, peer }) => !knownBefore.includes(id) && isSamePeering(body, peer))
  const taken = await intents.listClaimedByOthers(
    intent,
    matching.map(({ id }) => id),
  )
  return matching.find(({ id }) => !taken.includes(id)) ?? null
}

interface InNewList {
  found: Peering | null
  /** Atlas answered the list. */
  isListed: boolean
  /** Another create may have made the peering, so neither gets it yet. */
  isDoubtful: boolean
}

/** Looks for the peering of a create in a list that is asked for now. */
export async function findInNewList(
  { intents, pollers }: { intents: CreateIntents; pollers: PollerPool },
  intent: CreateIntent,
): Promise<InNewList> {
  const { projectId, providerName } = intent
  const cloud = pollers.of(projectId, providerName)
  await cloud.poll(0)
  const isListed = cloud.failure === null
  const found = await findCreated(intents, intent, pollers.live.ofCloud(projectId, providerName))
  // If another create of the same networks is being sent, its answer tells which one made the peering.
  const isDoubtful = found !== null && (await isAnotherBeingSent(intents, intent, found))
  return { found: isDoubtful ? null : found, isListed, isDoubtful }
}

/** Returns true while another create of the same networks is being sent: the peering may be its result. */
async function isAnotherBeingSent(
  intents: CreateIntents,
  { projectId, key }: CreateIntent,
  { peer }: Peering,
): Promise<boolean> {
  const unsettled = await intents.listUnsettled({ projectId })
  return unsettled.some(
    (other) => other.key !== key && other.state === "sending" && isSamePeering(other.body, peer),
  )
}
