import { listClustersIn } from "./clusters.ts"
import type { Durations } from "./durations.ts"
import { derive } from "./identifiers.ts"
import { addEvent, toPeerEventType } from "./project-events.ts"
import { findPeeringFailure, hasStuckDeletion } from "./simulated-failures.ts"
import type { Peer, PeerStatus, Project, Target } from "./world.ts"
import { findContainer, listPeersIn } from "./world.ts"

type Step = readonly [seconds: number, next: PeerStatus, failure?: string]

/** Statuses in which Atlas has not yet made its own network in the container. */
export const startingStatuses: readonly PeerStatus[] = ["INITIATING", "ADDING_PEER"]

/** Returns the step that follows a status when nobody acts, or null for a status that stays. */
function findNextStep(target: Target, status: PeerStatus, durations: Durations): Step | null {
  const failure = findPeeringFailure(target)
  const orFail = (seconds: number, next: PeerStatus, secondsToFail = seconds): Step =>
    failure === null ? [seconds, next] : [secondsToFail, "FAILED", failure]
  switch (status) {
    case "INITIATING":
      return orFail(durations.awsInitiating, "PENDING_ACCEPTANCE")
    case "PENDING_ACCEPTANCE":
      return [durations.awsAcceptance, "FAILED", "EXPIRED"]
    case "FINALIZING":
      return [durations.awsFinalizing, "AVAILABLE"]
    case "ADDING_PEER":
      return target.providerName === "GCP"
        ? orFail(durations.gcpAdding, "WAITING_FOR_USER")
        : orFail(durations.azureAdding, "AVAILABLE", durations.azureFailing)
    case "DELETING":
      if (!hasStuckDeletion(target)) return [durations.deleting, "GONE"]
      return [
        durations.deleting,
        "DELETION_FAILED",
        "Could not delete peering connection in Atlas Azure account.",
      ]
    case "TERMINATING":
      return [durations.deleting, "GONE"]
    case "WAITING_FOR_USER":
    case "DELETION_FAILED":
    case "AVAILABLE":
    case "FAILED":
    case "GONE":
      return null
  }
}

/** Puts a peer into a status as of a moment, and schedules the step that follows. */
export function enterStatus(
  peer: Peer,
  entered: { status: PeerStatus; at: number; failure?: string | null },
  durations: Durations,
): void {
  const { status, at, failure = null } = entered
  const step = findNextStep(peer.target, status, durations)
  peer.status = status
  peer.since = at
  peer.failure = failure
  peer.due = step && { at: at + step[0] * 1000, status: step[1], failure: step[2] ?? null }
  if (status === "PENDING_ACCEPTANCE") {
    peer.connectionId = `pcx-0${derive(`${peer.id}/${peer.attempt}/pcx`, 16)}`
  }
}

/**
 * Starts the peering, or starts it over.
 * @param conflict the error with which the cloud refuses it after a while; null when it takes it
 */
export function startPeering(
  peer: Peer,
  at: number,
  durations: Durations,
  conflict: string | null = null,
): void {
  peer.attempt += 1
  peer.connectionId = null
  const status = peer.target.providerName === "AWS" ? "INITIATING" : "ADDING_PEER"
  enterStatus(peer, { status, at }, durations)
  if (conflict !== null)
    peer.due = { at: at + durations.azureFailing * 1000, status: "FAILED", failure: conflict }
}

function advancePeer(project: Project, peer: Peer, now: number, durations: Durations): void {
  const { providerName } = peer.target
  while (peer.due !== null && peer.due.at <= now) {
    const { at, status } = peer.due
    const wasStarting = startingStatuses.includes(peer.status)
    enterStatus(peer, peer.due, durations)
    if (status === "AVAILABLE" && providerName !== "AWS")
      addEvent(project, {
        type: toPeerEventType(providerName, "ACTIVE"),
        at,
        actor: null,
        address: null,
        entry: null,
      })
    const container = findContainer(project, providerName, peer.containerId)
    if (container === null) continue
    // Atlas makes its own network before it requests the peering, so also when the request fails.
    if (wasStarting) container.provisioned = true
    if (status === "GONE" && listPeersIn(project, container).every((other) => other.status === "GONE")) {
      container.emptySince = Math.max(container.emptySince ?? 0, at)
    }
  }
}

/**
 * Advances a project to a moment: applies due transitions, drops gone peers and expired entries, unlocks containers,
 * finishes clusters.
 */
export function advanceProject(project: Project, now: number, durations: Durations): void {
  for (const peer of project.peers) advancePeer(project, peer, now, durations)
  project.peers = project.peers.filter((peer) => peer.status !== "GONE")
  for (const container of project.containers) {
    if (container.emptySince === null) continue
    if (listPeersIn(project, container).length > 0) container.emptySince = null
    else if (now >= container.emptySince + durations.containerUnlock * 1000) {
      container.emptySince = null
      container.provisioned = listClustersIn(project, container).length > 0
    }
  }
  for (const cluster of project.clusters) {
    if (cluster.idleAt === null || cluster.idleAt > now) continue
    cluster.stateName = "IDLE"
    cluster.idleAt = null
  }
  project.accessList = project.accessList.filter(
    (entry) => entry.deleteAfter === null || entry.deleteAfter > now,
  )
}
