import type { Durations } from "./durations.ts"
import { enter } from "./peer-lifecycle.ts"
import type { Peer, PeerStatus, ProviderName } from "./world.ts"

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
  const { providerName } = peer.target
  const needs = (provider: ProviderName, status: PeerStatus) =>
    providerName === provider && peer.status === status
      ? null
      : `${act} needs a peer of ${provider} in ${status}; this one is of ${providerName} in ${peer.status}`
  const fail = (failure: string) => {
    enter(peer, { status: "FAILED", at: now, failure }, durations)
    return null
  }
  switch (act) {
    case "accept":
      return (
        needs("AWS", "PENDING_ACCEPTANCE") ??
        (enter(peer, { status: "FINALIZING", at: now }, durations), null)
      )
    case "reject":
      return needs("AWS", "PENDING_ACCEPTANCE") ?? fail("REJECTED")
    case "expire":
      return needs("AWS", "PENDING_ACCEPTANCE") ?? fail("EXPIRED")
    case "create-reciprocal": {
      const refusal = needs("GCP", "WAITING_FOR_USER")
      // Done twice, it must not put the clock back.
      if (refusal === null && peer.due === null) {
        peer.due = { at: now + durations.gcpReciprocal * 1000, status: "AVAILABLE", failure: null }
      }
      return refusal
    }
    case "revoke-permission":
      if (providerName !== "AZURE" || leaving.includes(peer.status)) {
        return `${act} needs a living peer of AZURE; this one is of ${providerName} in ${peer.status}`
      }
      return fail("Atlas no longer has permission to manage the peering of the virtual network.")
    case "delete-network":
      if (leaving.includes(peer.status)) return `${act} needs a living peer; this one is in ${peer.status}`
      return fail(networkGone[providerName])
  }
}
