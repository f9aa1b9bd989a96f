import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { toFailure, type Failure } from "./failure.ts"
import { getWaitingOn } from "./lifecycle.ts"

const dayMs = 24 * 60 * 60 * 1000

/** AWS drops a peering request that nobody accepted for 7 days; Atlas then says FAILED, EXPIRED. */
export const acceptanceWindowMs = 7 * dayMs

/** States what has to happen now, with the values needed for it. Instants are ISO 8601, UTC. */
export type NextStep =
  | { kind: "atlas-works" }
  | {
      kind: "accept-in-aws"
      awsAccountId: string | null
      connectionId: string | null
      /** The latest time to accept. Exact only if we saw the request appear; otherwise it may be earlier. */
      deadline: string | null
    }
  | {
      kind: "peer-back-in-gcp"
      gcpProjectId: string | null
      networkName: string | null
      /** The *container's* project and network, the other end of the peering; null until Atlas has made them. */
      atlasGcpProjectId: string | null
      atlasNetworkName: string | null
    }
  | { kind: "nothing" }
  | { kind: "look-at-failure"; failure: Failure }
  | { kind: "atlas-removes" }
  | { kind: "unknown-status" }

/**
 * Returns what has to happen now.
 * @param container the container the connection uses, if it could be read
 * @param statusSince when the current status was first seen, ISO 8601
 */
export function toNextStep(
  peer: AtlasPeer,
  container: Container | null,
  statusSince: string | null,
): NextStep {
  switch (getWaitingOn(peer)) {
    case "atlas":
      return { kind: "atlas-works" }
    case "works":
      return { kind: "nothing" }
    case "closing":
      return { kind: "atlas-removes" }
    case "failed":
      return { kind: "look-at-failure", failure: toFailure(peer) }
    case "unknown":
      return { kind: "unknown-status" }
    case "you":
      return toYourStep(peer, container, statusSince)
  }
}

function toYourStep(peer: AtlasPeer, container: Container | null, statusSince: string | null): NextStep {
  switch (peer.providerName) {
    case "AWS":
      return {
        kind: "accept-in-aws",
        awsAccountId: peer.awsAccountId ?? null,
        connectionId: peer.connectionId ?? null,
        deadline: toAcceptanceDeadline(statusSince),
      }
    case "GCP": {
      const side = container?.providerName === "GCP" ? container : null
      return {
        kind: "peer-back-in-gcp",
        gcpProjectId: peer.gcpProjectId ?? null,
        networkName: peer.networkName ?? null,
        atlasGcpProjectId: side?.gcpProjectId ?? null,
        atlasNetworkName: side?.networkName ?? null,
      }
    }
    case "AZURE":
      return { kind: "unknown-status" }
  }
}

/** Returns the time seven days after the request was first seen waiting; null when that is unknown or unreadable. */
export function toAcceptanceDeadline(statusSince: string | null): string | null {
  const since = statusSince === null ? Number.NaN : Date.parse(statusSince)
  return Number.isNaN(since) ? null : new Date(since + acceptanceWindowMs).toISOString()
}
