import type { Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toCount, toRestsOnPeers } from "./check.ts"
import type { DraftReading } from "./draft-reading.ts"
import { toQuota } from "./quota.ts"
import { toRedCheck } from "./red-codes.ts"

/** Whether one more connection fits into the project, and one more unfinished one. A raised limit raises both. */
export function toQuotaChecks({ world }: DraftReading): Check[] {
  const { here, peersPerProject } = world
  const { used, most, unfinished, mostUnfinished, isRaised } = toQuota(here.peers, peersPerProject)
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
    toOne("quota", used, most, "connection"),
    toOne("quota-pending", unfinished, mostUnfinished, "unfinished connection"),
  ]
}
