import type { Check } from "@peering-desk/shared-schemas"
import { isUnread, sayUnread, toCheck, toRestsOnPeers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import type { DraftReading } from "#draft/parse-draft.ts"
import { documentedQuota, toQuota } from "#draft/quota.ts"
import { toRedCheck, type RedCode } from "./red-codes.ts"

/** Whether one more connection fits into the project, and one more unfinished one. */
export function toQuotaChecks({ snapshot }: DraftReading): Check[] {
  const { here } = snapshot
  const { used, most, unfinished, mostUnfinished } = toQuota(here.peers, snapshot.peersPerProject)
  const about = { restsOn: toRestsOnPeers(here) }
  const { name } = here.project
  const errorCode: RedCode<"quota"> = "PEER_MAXIMUM_REACHED"

  /** @param doubt why the limit may be another one; null when it counts */
  const toOne = (
    id: "quota" | "quota-pending",
    have: string,
    isRoom: boolean,
    limit: number,
    doubt: string | null,
  ): Check => {
    if (!isRoom && doubt !== null) return toCheck(id, "amber", `${have}; ${doubt}`, { ...about, errorCode })
    if (!isRoom) return toRedCheck(id, errorCode, `${have}; Atlas allows ${limit}`, about)
    if (isUnread(here))
      return toCheck(id, "open", `${sayUnread(here)}, so there may be no room for one more`, about)
    return toCheck(id, "green", `${have} of ${limit} that Atlas allows`, about)
  }
  const more = (limit: number) => `Atlas must allow it more than ${limit}; how many is not known here`
  const mayBeRaisedToo = `Atlas documents ${mostUnfinished}, and not whether a limit raised to ${most} raises that too`
  return [
    toOne(
      "quota",
      `${name} has ${toCount(used, "connection")}`,
      used < most,
      most,
      used > most ? more(most) : null,
    ),
    toOne(
      "quota-pending",
      `${name} has ${toCount(unfinished, "unfinished connection")}`,
      unfinished < mostUnfinished,
      mostUnfinished,
      unfinished > mostUnfinished
        ? more(mostUnfinished)
        : Math.max(most, used) > documentedQuota.most
          ? mayBeRaisedToo
          : null,
    ),
  ]
}
