import type { AtlasPeer, InventoryPeering, Overview } from "@peering-desk/shared-schemas"
import { isUnfinished } from "#draft/quota.ts"
import {
  getAttentionGroup,
  isInState,
  orderByAttention,
  toListed,
  type ListedPeering,
} from "#lifecycle/attention.ts"

/** Facts of a project's connections for Overview that depend neither on the time nor on the viewer. */
export interface PeeringsSummary {
  counts: Overview["counts"]
  pending: number
  /** The number of connections on which a person must act. */
  attention: number
  /** The connections on which a person must act, by reason, most urgent first. Which of `waiting` expire is left to the time. */
  needy: Readonly<Record<NeedyGroup, readonly ListedPeering[]>>
  /** The containers that they are in, each once. */
  inContainers: readonly Pick<AtlasPeer, "providerName" | "containerId">[]
}

const needyGroups = ["declined", "broken", "waiting", "failed"] as const
type NeedyGroup = (typeof needyGroups)[number]

/** Counts the connections of a project, and sorts those on which a person must act. */
export function summarisePeerings(peerings: readonly InventoryPeering[]): PeeringsSummary {
  const listed = peerings.map(toListed)
  // Long before any expiry: nothing expires within a day of it.
  const toGroup = (row: ListedPeering) => getAttentionGroup(row, 0)
  const needy = listed.filter((row) => toGroup(row) !== null).sort(orderByAttention(0))
  const count = (state: "you" | "broken" | "failed" | "works") =>
    listed.filter((row) => isInState(row, state)).length
  const containers = new Map(
    peerings.map(({ peer: { providerName, containerId } }) => [
      `${providerName} ${containerId}`,
      { providerName, containerId },
    ]),
  )
  return {
    counts: {
      all: listed.length,
      you: count("you"),
      broken: count("broken"),
      failed: count("failed"),
      works: count("works"),
    },
    pending: peerings.filter(({ peer }) => isUnfinished(peer)).length,
    attention: needy.length,
    needy: Object.fromEntries(
      needyGroups.map((name) => [name, needy.filter((row) => toGroup(row) === name)]),
    ) as Record<NeedyGroup, ListedPeering[]>,
    inContainers: [...containers.values()],
  }
}
