import { readVpcRegionId, type AwsPeer, type CloudPeering } from "@peering-desk/shared-schemas"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import {
  byAtlas,
  createStop,
  findFresh,
  findOverlap,
  findPeeringsSince,
  getAtlasCidr,
  sayWhy,
  toBasis,
  type Stop,
  type Way,
} from "./stop.ts"

const again = "Delete this connection and create it again."
const ended = ["deleted", "deleting", "rejected", "expired", "failed"]

/** Finds the state of the peering itself, from Atlas's status and from the VPC's own list. */
export function checkAwsPeering(way: Way<AwsPeer>): Stop {
  const { peer } = way
  const status = peer.statusName ?? ""
  const listed = findFresh(way, "peerings")
  const own = listed?.value.find(({ id }) => id === peer.connectionId) ?? null
  const name = peer.connectionId ?? "The peering"
  const stop = createStop("peering", "aws-accept", own === null ? byAtlas : toBasis(listed))
  if (own !== null && ended.includes(own.state))
    return stop("broken", `${name} is ${own.state} in AWS${toReason(own)}.`, toAct(own.state))
  if (status !== "FAILED" && status !== "TERMINATING") {
    if (own?.state === "active") return stop("proven", `${name} is active.`, null)
    if (status === "AVAILABLE") return stop("proven", `${name} is available in Atlas.`, null, byAtlas)
  }
  const conflict = findConflict(way)
  if (conflict !== null) return conflict
  switch (status) {
    case "FAILED":
      return stop("broken", toFailure(peer), toAct(peer.errorStateName?.toLowerCase() ?? ""), byAtlas)
    case "TERMINATING":
      return stop("broken", "Atlas is deleting the connection.", "Create it again when it is gone.", byAtlas)
    case "PENDING_ACCEPTANCE":
      return waitForOwner()
    case "INITIATING":
      return stop("waiting", "Atlas is creating the request in AWS.", null, byAtlas)
    case "FINALIZING":
      return stop("waiting", "Accepted. Atlas is finishing the connection.", null, byAtlas)
    default:
      return stop("not-checked", `Atlas's status ${status || "is missing"}.`, null, byAtlas)
  }

  function waitForOwner(): Stop {
    const region = readVpcRegionId(peer, way.container)
    const where = `${name} in account ${peer.awsAccountId}, region ${region}`
    const other = listed?.value.find(
      (one) => one.id !== peer.connectionId && one.state === "active" && isOfAtlas(one, own, way),
    )
    if (other !== undefined)
      return stop(
        "waiting",
        `${other.id} is accepted, another request to the same CIDR. This connection is ${name}, which isn't.`,
        `Accept ${where}.`,
        toBasis(listed),
      )
    const current = own === null ? findPeeringsSince(way) : null
    return stop(
      "waiting",
      current === null
        ? `${name} isn't accepted yet.`
        : `${name} isn't among the ${current.value.length} peerings of ${peer.vpcId}.`,
      `Accept ${where}.`,
    )
  }
}

/** AWS has one text for a wrong account, a wrong region and an overlap. The facts tell them apart. */
function findConflict(way: Way<AwsPeer>): Stop | null {
  const { peer, container } = way
  const stop = createStop("peering", "aws-accept", byAtlas)
  const account = findFresh(way, "account")
  if (account !== null && peer.awsAccountId != null && account.value !== peer.awsAccountId)
    return stop(
      "broken",
      `${peer.vpcId} belongs to account ${account.value}, and the connection names ${peer.awsAccountId}.`,
      `Delete this connection and create it with account ${account.value}.`,
      toBasis(account),
    )
  const region = findFresh(way, "region")
  const named = readVpcRegionId(peer, container)
  if (region !== null && named !== null && region.value !== named)
    return stop(
      "broken",
      `${peer.vpcId} is in ${region.value}, and the connection names ${named}.`,
      `Delete this connection and create it with region ${region.value}.`,
      toBasis(region),
    )
  const addresses = findFresh(way, "addresses")
  const next = "Delete this connection and use a container whose CIDR overlaps none of the VPC's."
  return findOverlap(way, stop, next, [[addresses?.value, `of ${peer.vpcId}`, addresses]])
}

/** Tells if another peering leads to Atlas too: to the account or the CIDR of this one. */
function isOfAtlas(other: CloudPeering, own: CloudPeering | null, way: Way<AwsPeer>): boolean {
  const { container } = way
  const cidr = getAtlasCidr(way)
  return (
    (own !== null && own.account === other.account) ||
    (other.ranges ?? []).some((range) => isOverlapping(range, cidr)) ||
    (container?.providerName === "AWS" && container.vpcId != null && container.vpcId === other.network)
  )
}

function toReason({ message, state }: CloudPeering): string {
  return message === null || message.toLowerCase() === state ? "" : `: ${message.replace(/\.$/, "")}`
}

function toAct(state: string): string {
  if (state === "rejected") return `Ask the owner of the VPC why. ${again}`
  if (state === "invalid_argument") return `Check account, region and CIDRs of the VPC. ${again}`
  if (state === "expired") return `${again} Its owner then has 7 days to accept.`
  return again
}

function toFailure({ errorStateName, connectionId, errorMessage }: AwsPeer): string {
  const name = connectionId ?? "The peering"
  if (errorStateName === "REJECTED") return `${name} was rejected by the owner of the VPC.`
  if (errorStateName === "EXPIRED") return `${name} expired: nobody accepted it for 7 days.`
  if (errorStateName === "INVALID_ARGUMENT")
    return "AWS refused the request: account, region and VPC don't belong together, or CIDRs overlap."
  return sayWhy(`${name} failed`, errorMessage)
}
