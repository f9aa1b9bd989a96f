import {
  getNetworkName,
  readContainerRegion,
  type AtlasPeer,
  type Container,
} from "@peering-desk/shared-schemas"

/** Shown for a value that Atlas did not give. */
export const notGiven = "not given"

/** Formats an account id like AWS's console: `123456789012` → `1234 5678 9012`. */
export function formatAccount(awsAccountId: string): string {
  return /^\d{12}$/.test(awsAccountId) ? awsAccountId.replace(/(\d{4})(?=\d)/g, "$1 ") : awsAccountId
}

/** Returns the title of a peering: the name of the person's network, since Atlas gives peerings no name. */
export function toPeeringTitle(peer: AtlasPeer): string {
  return getNetworkName(peer) || peer.id
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

/** Describes where an Atlas container is, in Atlas's words. */
export function toContainerPlace(container: Container): string {
  const region = readContainerRegion(container)
  return region ?? (container.providerName === "GCP" ? "All regions" : notGiven)
}
