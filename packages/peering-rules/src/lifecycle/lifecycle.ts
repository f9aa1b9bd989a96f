import { readStatus, type AtlasPeer, type ProviderName } from "@peering-desk/shared-schemas"

/** Names who has to act next, or how the peering ended. `unknown`: a status that Atlas documents nowhere. */
export type WaitingOn = "atlas" | "you" | "works" | "failed" | "closing" | "unknown"

/**
 * Atlas's statuses and who each of them waits for (Atlas: Get One Network Peering Connection).
 * FAILED can follow any of them, even AVAILABLE: the permission is withdrawn, the network deleted, the request expires.
 */
export const statuses = {
  AWS: {
    INITIATING: "atlas",
    PENDING_ACCEPTANCE: "you",
    FINALIZING: "atlas",
    AVAILABLE: "works",
    FAILED: "failed",
    TERMINATING: "closing",
  },
  GCP: {
    ADDING_PEER: "atlas",
    WAITING_FOR_USER: "you",
    AVAILABLE: "works",
    FAILED: "failed",
    DELETING: "closing",
  },
  AZURE: {
    ADDING_PEER: "atlas",
    AVAILABLE: "works",
    FAILED: "failed",
    DELETION_FAILED: "failed",
    DELETING: "closing",
  },
} as const satisfies Record<ProviderName, Record<string, WaitingOn>>

/** Returns who a status waits for. A new status, another cloud's or none at all gives `unknown`. */
export function getStatusWaitingOn(providerName: ProviderName, status: string | null): WaitingOn {
  const ofCloud: Readonly<Record<string, WaitingOn>> = statuses[providerName]
  return status !== null && Object.hasOwn(ofCloud, status) ? (ofCloud[status] ?? "unknown") : "unknown"
}

/** Returns who a peering waits for. */
export function getWaitingOn(peer: AtlasPeer): WaitingOn {
  return getStatusWaitingOn(peer.providerName, readStatus(peer))
}
