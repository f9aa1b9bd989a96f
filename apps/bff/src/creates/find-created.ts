import { isSamePeering } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import type { CreateIntent, CreateIntents } from "./create-intents.ts"

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

/** Returns true while another create of the same networks is being sent: the peering may be its result. */
export async function isAnotherBeingSent(
  intents: CreateIntents,
  { projectId, key }: CreateIntent,
  { peer }: Peering,
): Promise<boolean> {
  const unsettled = await intents.listUnsettled({ projectId })
  return unsettled.some(
    (other) => other.key !== key && other.state === "sending" && isSamePeering(other.body, peer),
  )
}
