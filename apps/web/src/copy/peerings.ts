import { formatAccount, notGiven, toPeeringTitle, type WaitingOn } from "@peering-desk/peering-rules"
import { providerLabels, readVpcRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"

export {
  formatAccount,
  notGiven,
  toContainerPlace,
  toNetworkPath,
  toPeeringTitle,
} from "@peering-desk/peering-rules"

const turnWords: Record<Exclude<WaitingOn, "unknown">, string> = {
  atlas: "In progress",
  you: "Action required",
  works: "Available",
  failed: "Failed",
  closing: "Deleting",
}

/** What people call a connection. */
export function namePeering({ label, peer }: { label: string | null; peer: AtlasPeer }): string {
  return label ?? toPeeringTitle(peer)
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

/** Describes where the person's network is: the cloud, and the region if known. */
export function toPlace(peer: AtlasPeer, container: Container | null): string {
  const cloud = providerLabels[peer.providerName]
  const region = peer.providerName === "AWS" ? readVpcRegionId(peer, container) : null
  return region === null ? cloud : `${cloud} · ${region}`
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
