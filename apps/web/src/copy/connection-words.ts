import {
  providerLabels,
  readContainerRegion,
  readVpcRegionId,
  type AtlasPeer,
  type Container,
} from "@peering-desk/shared-schemas"

/** Stands for a value that Atlas did not give. */
export const notGiven = "not given"

const turnWords = {
  atlas: "Atlas is working",
  you: "Your turn",
  works: "Available",
  failed: "Failed",
  closing: "Being removed",
}

/** Whose turn it is, or how it ended, in two words. A status word we do not know is shown as it is. */
export function toStateWords(turn: keyof typeof turnWords | "unknown", status: string | null): string {
  if (turn === "unknown") return status === null ? "No status" : `Atlas says ${status}`
  return status === "DELETION_FAILED" ? "Removal failed" : turnWords[turn]
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

/** A connection in a table: by our own name for it, if there is one, and below what more there is to call it by. */
export function toTitleLines(
  peer: AtlasPeer,
  label: string | null,
  container: Container | null,
): [title: string, below: string] {
  const title = toPeeringTitle(peer)
  const place = toPlace(peer, container)
  return label === null ? [title, place] : [label, `${title} · ${place}`]
}

/** Where the person's network is: the cloud, and the region if Atlas gave one. AWS leaves it out when it is the container's. */
export function toPlace(peer: AtlasPeer, container: Container | null): string {
  const cloud = providerLabels[peer.providerName]
  const region = peer.providerName === "AWS" ? readVpcRegionId(peer, container) : null
  return region === null ? cloud : `${cloud} · ${region}`
}

/** Who owns the person's network, and what more tells it apart. */
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

/** Where the Atlas container is, in Atlas's words. */
export function toContainerPlace(container: Container): string {
  const region = readContainerRegion(container)
  return region ?? (container.providerName === "GCP" ? "every region" : notGiven)
}
