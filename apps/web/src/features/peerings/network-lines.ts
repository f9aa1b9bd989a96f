import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { formatAccount, notGiven } from "./peering-words.ts"

/** Who owns the person's network, and what more tells it apart. */
export function toNetworkLines(peer: AtlasPeer): [string, string] {
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
