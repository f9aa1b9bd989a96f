import type { Durations } from "#world/durations.ts"
import { enter } from "#world/peer-lifecycle.ts"
import type { Peer, PeerStatus, ProviderName } from "#world/world.ts"

/** What the owner of the network on the other side can do. */
export const cloudSideActs = [
  "accept",
  "reject",
  "expire",
  "create-reciprocal",
  "revoke-permission",
  "delete-network",
] as const
export type CloudSideAct = (typeof cloudSideActs)[number]

/** Says whether a value names an act. */
export function isCloudSideAct(value: unknown): value is CloudSideAct {
  return cloudSideActs.some((act) => act === value)
}

const leaving: readonly PeerStatus[] = ["TERMINATING", "DELETING", "DELETION_FAILED", "FAILED", "GONE"]

const networkGone: Record<ProviderName, string> = {
  AWS: "INVALID_ARGUMENT",
  GCP: "The peered network no longer exists.",
  AZURE: "The peered virtual network no longer exists.",
}

function refusalOf(peer: Peer, act: CloudSideAct): string | null {
  const { providerName } = peer.target
  const isLeaving = leaving.includes(peer.status)
  const needs = (provider: ProviderName, status: PeerStatus) =>
    providerName === provider && peer.status === status
      ? null
      : `${act} needs a peer of ${provider} in ${status}; this one is of ${providerName} in ${peer.status}`
  switch (act) {
    case "accept":
    case "reject":
    case "expire":
      return needs("AWS", "PENDING_ACCEPTANCE")
    case "create-reciprocal":
      return needs("GCP", "WAITING_FOR_USER")
    case "revoke-permission":
      return providerName === "AZURE" && !isLeaving
        ? null
        : `${act} needs a living peer of AZURE; this one is of ${providerName} in ${peer.status}`
    case "delete-network":
      return isLeaving ? `${act} needs a living peer; this one is in ${peer.status}` : null
  }
}

/** Lists what the network's owner can do now; what Google Cloud is completing already needs no second peering. */
export function listActs(peer: Peer): CloudSideAct[] {
  return cloudSideActs.filter(
    (act) => refusalOf(peer, act) === null && !(act === "create-reciprocal" && peer.due !== null),
  )
}

/**
 * Plays the network's owner. Answers null when it was done, or a sentence saying why it makes no sense now (Google
 * Cloud has nothing to accept, an available peering cannot expire, and so on).
 */
export function actOnCloudSide(
  peer: Peer,
  act: CloudSideAct,
  now: number,
  durations: Durations,
): string | null {
  const refusal = refusalOf(peer, act)
  if (refusal !== null) return refusal
  const fail = (failure: string) => enter(peer, { status: "FAILED", at: now, failure }, durations)
  switch (act) {
    case "accept":
      enter(peer, { status: "FINALIZING", at: now }, durations)
      break
    case "reject":
      fail("REJECTED")
      break
    case "expire":
      fail("EXPIRED")
      break
    case "create-reciprocal":
      // Done twice, it must not put the clock back.
      peer.due ??= { at: now + durations.gcpReciprocal * 1000, status: "AVAILABLE", failure: null }
      break
    case "revoke-permission":
      fail("Atlas no longer has permission to manage the peering of the virtual network.")
      break
    case "delete-network":
      fail(networkGone[peer.target.providerName])
      break
  }
  return null
}
