import { networkFields, readStatus, type Check } from "@peering-desk/shared-schemas"
import { createCheck, isUnread, sayUnread, toBasedOnLookUp, toBasedOnPeers } from "./check.ts"
import { toCount } from "#formats/phrases.ts"
import { listNetworkPeerings } from "#draft/network-peerings.ts"
import { readValue, type DraftReading } from "#draft/parse-draft.ts"
import { documentedQuota, toQuota } from "#draft/quota.ts"

/** Checks if the project has room for one more peering, and for one more unfinished one. */
export function checkQuota({ snapshot }: DraftReading): Check[] {
  const { here } = snapshot
  const { used, most, unfinished, mostUnfinished } = toQuota(here.peers, snapshot.peersPerProject)
  const errorCode = "PEER_MAXIMUM_REACHED"

  /** @param doubt a reason for another limit; null when the limit counts */
  const checkOne = (
    id: "quota" | "quota-pending",
    count: number,
    what: string,
    limit: number,
    doubt: string | null,
  ): Check => {
    const check = createCheck(id, { basedOn: toBasedOnPeers(here) })
    const have = `${here.project.name} has ${toCount(count, what)}`
    if (count >= limit && doubt !== null) return check.amber(`${have}. ${doubt}`, errorCode)
    if (count >= limit) return check.red(errorCode, `${have}. Atlas allows ${limit}`)
    if (isUnread(here))
      return check.unchecked(`${sayUnread(here)}. Its limit of ${limit} ${what}s may be reached`)
    return check.green(`${have} of ${limit} allowed`)
  }
  const sayMore = (limit: number) => `Atlas must have raised its limit of ${limit}`
  const mayBeRaisedToo = `Atlas documents a limit of ${mostUnfinished}, which may be higher here`
  const isRaised = Math.max(most, used) > documentedQuota.most
  return [
    checkOne("quota", used, "connection", most, used > most ? sayMore(most) : null),
    checkOne(
      "quota-pending",
      unfinished,
      "unfinished connection",
      mostUnfinished,
      unfinished > mostUnfinished ? sayMore(mostUnfinished) : isRaised ? mayBeRaisedToo : null,
    ),
  ]
}

/** The most active peerings of one network, and what the cloud documents of it. */
const mostActive = {
  AWS: { most: 50, says: "AWS allows 50 per VPC, 125 on request" },
  AZURE: { most: 500, says: "Azure allows 500 per VNet" },
  GCP: { most: 25, says: "Google Cloud allows 25 per network unless it raised the quota" },
} as const

/** Warns when the network's peerings, as far as they are known, reach the limit of its cloud. */
export function checkNetworkQuota(reading: DraftReading): Check[] {
  const { providerName } = reading.draft
  const { most, says } = mostActive[providerName]
  const listed = listNetworkPeerings(reading).filter(({ peer }) => readStatus(peer) === "AVAILABLE").length
  const looked = reading.known?.peerings?.value.filter(
    ({ state }) => providerName !== "AWS" || state === "active",
  )
  const active = Math.max(listed, looked?.length ?? 0)
  if (active < most) return []
  const field = networkFields[providerName]
  const basedOn =
    looked === undefined ? toCount(active, "active connection") : toBasedOnLookUp(reading.known?.peerings)
  const check = createCheck("network-quota", { field, basedOn })
  return [check.amber(`${readValue(reading, field)} has ${active} active peerings. ${says}`)]
}
