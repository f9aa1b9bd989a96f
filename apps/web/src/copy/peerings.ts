import type { WaitingOn } from "@peering-desk/peering-rules"
import {
  getNetworkName,
  providerLabels,
  readContainerRegion,
  readVpcRegionId,
  type AtlasPeer,
  type Container,
} from "@peering-desk/shared-schemas"

/** Shown for a value that Atlas did not give. */
export const notGiven = "not given"

const turnWords: Record<Exclude<WaitingOn, "unknown">, string> = {
  atlas: "In progress",
  you: "Action required",
  works: "Available",
  failed: "Failed",
  closing: "Deleting",
}

/** Describes a state in two words. An unknown status of Atlas is shown unchanged. */
export function toStateWords(turn: WaitingOn, status: string | null): string {
  if (turn === "unknown") return status === null ? "No status" : `Status ${status}`
  return status === "DELETION_FAILED" ? "Deletion failed" : turnWords[turn]
}

const statusNames: Readonly<Record<string, string>> = {
  INITIATING: "Requesting in AWS",
  PENDING_ACCEPTANCE: "Waiting for acceptance",
  FINALIZING: "Finalizing",
  ADDING_PEER: "Requesting",
  WAITING_FOR_USER: "Waiting for your peering",
  AVAILABLE: "Available",
  FAILED: "Failed",
  TERMINATING: "Deleting",
  DELETING: "Deleting",
  DELETION_FAILED: "Deletion failed",
}

/** Returns what a status of Atlas means in a few words; an unknown status unchanged. */
export function getStatusName(status: string | null): string {
  if (status === null) return "No status"
  return Object.hasOwn(statusNames, status) ? (statusNames[status] ?? status) : status
}

/** Formats an account id like AWS's console: `123456789012` → `1234 5678 9012`. */
export function formatAccount(awsAccountId: string): string {
  return /^\d{12}$/.test(awsAccountId) ? awsAccountId.replace(/(\d{4})(?=\d)/g, "$1 ") : awsAccountId
}

/** Returns the title of a peering: the name of the person's network, since Atlas gives peerings no name. */
export function toPeeringTitle(peer: AtlasPeer): string {
  return getNetworkName(peer) || peer.id
}

/** Describes where the person's network is: the cloud, and the region if known. */
export function toPlace(peer: AtlasPeer, container: Container | null): string {
  const cloud = providerLabels[peer.providerName]
  const region = peer.providerName === "AWS" ? readVpcRegionId(peer, container) : null
  return region === null ? cloud : `${cloud} · ${region}`
}

/** Returns the name of the person's network with what tells it apart: `vpc-0a1b…`, `acme-data/lake`, `vnet-crm/rg-crm`. */
export function toNetworkPath(peer: AtlasPeer): string {
  const detail = peer.providerName === "AZURE" ? peer.resourceGroupName : null
  const owner = peer.providerName === "GCP" ? peer.gcpProjectId : null
  return [owner, getNetworkName(peer) || notGiven, detail].filter(Boolean).join("/")
}

/** Returns the account, project or subscription that owns the person's network. */
export function getNetworkOwner(peer: AtlasPeer): string | null | undefined {
  switch (peer.providerName) {
    case "AWS":
      return peer.awsAccountId
    case "GCP":
      return peer.gcpProjectId
    case "AZURE":
      return peer.azureSubscriptionId
  }
}

/** Returns the owner of the person's network, and a detail that tells it apart. */
export function toNetworkLines(peer: AtlasPeer): [owner: string, detail: string] {
  switch (peer.providerName) {
    case "AWS":
      return [
        peer.awsAccountId ? `account ${formatAccount(peer.awsAccountId)}` : notGiven,
        peer.routeTableCidrBlock ?? "",
      ]
    case "GCP":
      return [peer.gcpProjectId ? `project ${peer.gcpProjectId}` : notGiven, ""]
    case "AZURE":
      return [
        peer.resourceGroupName ? `in ${peer.resourceGroupName}` : notGiven,
        peer.azureSubscriptionId ?? "",
      ]
  }
}

/** Describes where an Atlas container is, in Atlas's words. */
export function toContainerPlace(container: Container): string {
  const region = readContainerRegion(container)
  return region ?? (container.providerName === "GCP" ? "All regions" : notGiven)
}
