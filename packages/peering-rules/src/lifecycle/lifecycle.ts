import { readStatus, type AtlasPeer, type ProviderName } from "@peering-desk/shared-schemas"

/** Whose turn it is, or how it ended. `unknown`: Atlas said a word we do not know; it is shown as it is. */
export type Turn = "atlas" | "you" | "works" | "failed" | "closing" | "unknown"

/**
 * Atlas's status words and whose turn each makes it (Atlas: Get One Network Peering Connection).
 * FAILED can follow any of them, AVAILABLE too: the permission is withdrawn, the network deleted, the request expires.
 */
const turns = {
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
} as const satisfies Record<ProviderName, Record<string, Turn>>

export type AtlasStatus = { [Cloud in ProviderName]: keyof (typeof turns)[Cloud] }[ProviderName]

/** The status words of one cloud that we know. */
export function knownStatuses(providerName: ProviderName): AtlasStatus[] {
  return Object.keys(turns[providerName]) as AtlasStatus[]
}

/** Whose turn a status word of a cloud makes it. Words of another cloud, new words and none at all are `unknown`. */
export function toTurn(providerName: ProviderName, status: string | null): Turn {
  const ofCloud: Readonly<Record<string, Turn>> = turns[providerName]
  return status !== null && Object.hasOwn(ofCloud, status) ? (ofCloud[status] ?? "unknown") : "unknown"
}

/** Whose turn a connection is at. */
export function toTurnOf(peer: AtlasPeer): Turn {
  return toTurn(peer.providerName, readStatus(peer))
}

/** The statuses a connection passes through when all goes well, in order. */
export const goodPaths: Record<ProviderName, readonly AtlasStatus[]> = {
  AWS: ["INITIATING", "PENDING_ACCEPTANCE", "FINALIZING", "AVAILABLE"],
  GCP: ["ADDING_PEER", "WAITING_FOR_USER", "AVAILABLE"],
  AZURE: ["ADDING_PEER", "AVAILABLE"],
}
