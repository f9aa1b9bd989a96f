import type { Durations } from "./durations.ts"
import { derive } from "./identifiers.ts"
import { foreseeFailure, foreseeStuckDeletion } from "./marked-inputs.ts"
import type { Due, Peer, PeerStatus, Project, ProviderName } from "./world.ts"
import { findContainer, peersIn } from "./world.ts"

const firstStatus: Record<ProviderName, PeerStatus> = {
  AWS: "INITIATING",
  GCP: "ADDING_PEER",
  AZURE: "ADDING_PEER",
}

/** What a status turns into when nobody does anything, counted from when it began. */
function toDue(peer: Peer, status: PeerStatus, since: number, durations: Durations): Due | null {
  const after = (seconds: number, next: PeerStatus, failure: string | null = null) => ({
    at: since + seconds * 1000,
    status: next,
    failure,
  })
  const failure = foreseeFailure(peer.target)
  switch (status) {
    case "INITIATING":
      return failure === null
        ? after(durations.awsInitiating, "PENDING_ACCEPTANCE")
        : after(durations.awsInitiating, "FAILED", failure)
    case "PENDING_ACCEPTANCE":
      return after(durations.awsAcceptance, "FAILED", "EXPIRED")
    case "FINALIZING":
      return after(durations.awsFinalizing, "AVAILABLE")
    case "ADDING_PEER":
      if (peer.target.providerName === "GCP") {
        return failure === null
          ? after(durations.gcpAdding, "WAITING_FOR_USER")
          : after(durations.gcpAdding, "FAILED", failure)
      }
      return failure === null
        ? after(durations.azureAdding, "AVAILABLE")
        : after(durations.azureFailing, "FAILED", failure)
    case "TERMINATING":
      return after(durations.deleting, "GONE")
    case "DELETING":
      return foreseeStuckDeletion(peer.target)
        ? after(
            durations.deleting,
            "DELETION_FAILED",
            "Could not delete peering connection in Atlas Azure account.",
          )
        : after(durations.deleting, "GONE")
    case "WAITING_FOR_USER":
    case "DELETION_FAILED":
    case "AVAILABLE":
    case "FAILED":
    case "GONE":
      return null
  }
}

/** Puts a peer into a status as of a moment, with what will follow from it. */
export function enter(
  peer: Peer,
  step: { status: PeerStatus; at: number; failure?: string | null },
  durations: Durations,
): void {
  peer.status = step.status
  peer.since = step.at
  peer.failure = step.failure ?? null
  peer.due = toDue(peer, step.status, step.at, durations)
  if (step.status === "PENDING_ACCEPTANCE") {
    peer.connectionId = `pcx-0${derive(`${peer.id}/${peer.attempt}/pcx`, 16)}`
  }
}

/** Starts (or starts anew) the making of a peer. */
export function begin(peer: Peer, at: number, durations: Durations): void {
  peer.attempt += 1
  peer.connectionId = null
  enter(peer, { status: firstStatus[peer.target.providerName], at }, durations)
}

const beforeAtlasSideExists: readonly PeerStatus[] = ["INITIATING", "ADDING_PEER"]

function settlePeer(project: Project, peer: Peer, now: number, durations: Durations): void {
  while (peer.due !== null && peer.due.at <= now) {
    const { at, status, failure } = peer.due
    const wasStarting = beforeAtlasSideExists.includes(peer.status)
    enter(peer, { status, at, failure }, durations)
    const container = findContainer(project, peer.target.providerName, peer.containerId)
    if (container === null) continue
    // Atlas makes its own network in the container before it asks for the peering, and so even when that fails.
    if (wasStarting) container.provisioned = true
    if (status === "GONE" && peersIn(project, container).every((other) => other.status === "GONE")) {
      container.emptySince = Math.max(container.emptySince ?? 0, at)
    }
  }
}

/** Brings a project up to a moment: applies every transition that is due, drops what is gone, unlocks containers. */
export function settleProject(project: Project, now: number, durations: Durations): void {
  for (const peer of project.peers) settlePeer(project, peer, now, durations)
  project.peers = project.peers.filter((peer) => peer.status !== "GONE")
  for (const container of project.containers) {
    if (container.emptySince === null) continue
    if (peersIn(project, container).length > 0) container.emptySince = null
    else if (now >= container.emptySince + durations.containerUnlock * 1000) {
      container.emptySince = null
      container.provisioned = container.hasCluster
    }
  }
  project.accessList = project.accessList.filter(
    (entry) => entry.deleteAfter === null || entry.deleteAfter > now,
  )
}
