import type { Durations } from "#world/durations.ts"
import { enterStatus } from "#world/peer-lifecycle.ts"
import type { Peer, PeerStatus, ProviderName } from "#world/world.ts"

/** The acts of the network's owner on the other side. */
export const cloudSideActs = [
  "accept",
  "reject",
  "expire",
  "create-reciprocal",
  "revoke-permission",
  "delete-network",
] as const
export type CloudSideAct = (typeof cloudSideActs)[number]

/** The peers that an act applies to; without a status, every peer that neither failed nor is being deleted. */
type Needs = { provider?: ProviderName; status?: PeerStatus }

const pendingAws: Needs = { provider: "AWS", status: "PENDING_ACCEPTANCE" }
const needsOf: Record<CloudSideAct, Needs> = {
  accept: pendingAws,
  reject: pendingAws,
  expire: pendingAws,
  "create-reciprocal": { provider: "GCP", status: "WAITING_FOR_USER" },
  "revoke-permission": { provider: "AZURE" },
  "delete-network": {},
}

const leaving: readonly PeerStatus[] = ["TERMINATING", "DELETING", "DELETION_FAILED", "FAILED", "GONE"]

const networkGone: Record<ProviderName, string> = {
  AWS: "INVALID_ARGUMENT",
  GCP: "The peered network no longer exists.",
  AZURE: "The peered virtual network no longer exists.",
}

function findRefusal(peer: Peer, act: CloudSideAct): string | null {
  const { providerName } = peer.target
  const { provider = providerName, status } = needsOf[act]
  const isRightStatus = status === undefined ? !leaving.includes(peer.status) : peer.status === status
  if (provider === providerName && isRightStatus) return null
  const needed = status === undefined ? `a living peer of ${provider}` : `a peer of ${provider} in ${status}`
  return `${act} needs ${needed}; this one is of ${providerName} in ${peer.status}`
}

/** Lists what the network's owner can do now; a reciprocal peering that exists needs no second one. */
export function listActs(peer: Peer): CloudSideAct[] {
  return cloudSideActs.filter(
    (act) => findRefusal(peer, act) === null && !(act === "create-reciprocal" && peer.due !== null),
  )
}

/** Plays the network's owner. Throws RangeError when the act makes no sense for the peer now. */
export function actOnCloudSide(peer: Peer, act: CloudSideAct, now: number, durations: Durations): void {
  const refusal = findRefusal(peer, act)
  if (refusal !== null) throw new RangeError(refusal)
  const fail = (failure: string) => enterStatus(peer, { status: "FAILED", at: now, failure }, durations)
  switch (act) {
    case "accept":
      return enterStatus(peer, { status: "FINALIZING", at: now }, durations)
    case "reject":
      return fail("REJECTED")
    case "expire":
      return fail("EXPIRED")
    case "create-reciprocal":
      // A repeated act must not postpone the transition.
      peer.due ??= { at: now + durations.gcpReciprocal * 1000, status: "AVAILABLE", failure: null }
      return undefined
    case "revoke-permission":
      return fail("Atlas no longer has permission to manage the peering of the virtual network.")
    case "delete-network":
      return fail(networkGone[peer.target.providerName])
  }
}
