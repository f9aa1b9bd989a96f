import { isSamePeering } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import type { CreateIntent, CreateIntents } from "./create-intents.ts"

/**
 * The connection that a create made, among those of its cloud; null when there is none. It joins the same networks, was not there
 * before, and is not what another create is known to have made.
 */
export async function findCreated(
  intents: CreateIntents,
  intent: CreateIntent,
  peerings: readonly Peering[],
): Promise<Peering | null> {
  const { body, knownBefore } = intent
  const fitting = peerings.filter(({ id, peer }) => !knownBefore.includes(id) && isSamePeering(body, peer))
  const taken = await intents.listMadeByOthers(
    intent,
    fitting.map(({ id }) => id),
  )
  return fitting.find(({ id }) => !taken.includes(id)) ?? null
}

/** Whether another create of the same networks is being sent, so that a connection which joins them may be its. */
export async function isAnotherOnItsWay(
  intents: CreateIntents,
  { projectId, key }: CreateIntent,
  { peer }: Peering,
): Promise<boolean> {
  const unsettled = await intents.listUnsettled({ projectId })
  return unsettled.some(
    (other) => other.key !== key && other.state === "sending" && isSamePeering(other.body, peer),
  )
}
