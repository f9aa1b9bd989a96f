import type { Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toCount, toRestsOnPeers } from "./check.ts"
import type { DraftReading } from "./draft-reading.ts"
import { toTurnOf } from "./lifecycle.ts"
import { toRedCheck } from "./red-codes.ts"

/** However low its limit, a project may have so many unfinished connections (Atlas: Set Up a Network Peering Connection). */
const leastUnfinished = 25

/** Whether one more connection fits into the project, and one more unfinished one. A raised limit raises both. */
export function toQuotaChecks({ world }: DraftReading): Check[] {
  const { here, peersPerProject } = world
  const turns = here.peers.map(toTurnOf)
  const unfinished = turns.filter((turn) => turn === "atlas" || turn === "you").length
  const unfinishedLimit = Math.max(leastUnfinished, Math.ceil(peersPerProject / 2))
  // More than the limit means that it was raised, which nobody has told us.
  const isRaised = here.peers.length > peersPerProject || unfinished > unfinishedLimit
  const about = { restsOn: toRestsOnPeers(here) }
  const { name } = here.project

  const toOne = (id: "quota" | "quota-pending", count: number, limit: number, kind: string): Check => {
    const have = `${name} has ${toCount(count, kind)}`
    if (isRaised) {
      const says = `${have}. Atlas must allow it more than ${peersPerProject} in all; how many is not known here`
      return toCheck(id, "amber", says, about)
    }
    if (count >= limit) return toRedCheck(id, "PEER_MAXIMUM_REACHED", `${have}; Atlas allows ${limit}`, about)
    if (isUnread(here))
      return toCheck(id, "open", `${sayUnread(here)}, so there may be no room for one more`, about)
    return toCheck(id, "green", `${have} of ${limit} that Atlas allows`, about)
  }
  return [
    toOne("quota", here.peers.length, peersPerProject, "connection"),
    toOne("quota-pending", unfinished, unfinishedLimit, "unfinished connection"),
  ]
}
