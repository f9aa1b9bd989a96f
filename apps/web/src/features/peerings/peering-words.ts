import {
  providerLabels,
  readContainerRegion,
  toAwsRegionId,
  type AtlasPeer,
  type Container,
} from "@peering-desk/shared-schemas"
import type { Turn } from "@peering-desk/peering-rules"

/** Stands for a value that Atlas did not give. */
export const notGiven = "not given"

/** Whose turn it is, or how it ended, in two words. A status word we do not know is shown as it is. */
export function toStateWords(turn: Turn, status: string | null): string {
  switch (turn) {
    case "atlas":
      return "Atlas is working"
    case "you":
      return "Your turn"
    case "works":
      return "Available"
    case "failed":
      return status === "DELETION_FAILED" ? "Removal failed" : "Failed"
    case "closing":
      return "Being removed"
    case "unknown":
      return status === null ? "No status" : `Atlas says ${status}`
  }
}

/** The same with the act that is asked for, where somebody must act. */
export function toTaskWords(peer: AtlasPeer, turn: Turn, status: string | null): string {
  if (turn !== "you") return toStateWords(turn, status)
  return peer.providerName === "GCP"
    ? "Peer back from Google Cloud"
    : `Accept in ${providerLabels[peer.providerName]}`
}

const stationNames: Readonly<Record<string, string>> = {
  INITIATING: "Requesting in AWS",
  PENDING_ACCEPTANCE: "Waiting for acceptance",
  FINALIZING: "Finalizing",
  ADDING_PEER: "Adding the peer",
  WAITING_FOR_USER: "Waiting for your peering",
  AVAILABLE: "Available",
  FAILED: "Failed",
  TERMINATING: "Removing",
  DELETING: "Removing",
  DELETION_FAILED: "Removal failed",
}

/** What a status word of Atlas means, in a few words; the word itself when we do not know it. */
export function toStationName(status: string | null): string {
  if (status === null) return "No status"
  return Object.hasOwn(stationNames, status) ? (stationNames[status] ?? status) : status
}

/** `123456789012` → `1234 5678 9012`, as AWS's console groups it. */
export function formatAccount(awsAccountId: string): string {
  return /^\d{12}$/.test(awsAccountId) ? awsAccountId.replace(/(\d{4})(?=\d)/g, "$1 ") : awsAccountId
}

/** What people call the connection: their own network's name, since Atlas gives it none. */
export function toPeeringTitle(peer: AtlasPeer): string {
  return toNetworkName(peer) || peer.id
}

function toNetworkName(peer: AtlasPeer): string | null | undefined {
  switch (peer.providerName) {
    case "AWS":
      return peer.vpcId
    case "GCP":
      return peer.networkName
    case "AZURE":
      return peer.vnetName
  }
}

/** Where the person's network is: the cloud, and the region if Atlas gave one. AWS leaves it out when it is the container's. */
export function toPlace(peer: AtlasPeer, container: Container | null): string {
  const cloud = providerLabels[peer.providerName]
  const region = peer.providerName === "AWS" ? toAwsRegion(peer.accepterRegionName, container) : null
  return region === null ? cloud : `${cloud} · ${region}`
}

/** The region of the person's VPC; null when neither the connection nor its container says. */
export function toAwsRegion(
  accepterRegion: string | null | undefined,
  container: Container | null,
): string | null {
  const region = accepterRegion ?? (container?.providerName === "AWS" ? container.regionName : null)
  return region ? toAwsRegionId(region) : null
}

/** Where the Atlas container is, in Atlas's words. */
export function toContainerPlace(container: Container): string {
  const region = readContainerRegion(container)
  return region ?? (container.providerName === "GCP" ? "every region" : notGiven)
}
