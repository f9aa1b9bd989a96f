import { getNetworkName } from "@peering-desk/shared-schemas"
import { isBroken, isDeclined, toFailure, type InventoryRow } from "@peering-desk/peering-rules"
import { formatAccount } from "#copy/peerings.ts"

/** Says in one sentence what has to happen for a connection, with its own values. */
export function toAttentionSentence({ peering, turn, cidr, container }: InventoryRow): string {
  const { peer, declined } = peering
  if (declined !== undefined && isDeclined(peering)) return `“${declined.reason}”`
  if (peering.broken !== undefined && isBroken(peering)) return peering.broken.says
  if (turn === "failed")
    return toFailureSentence({ peer, cidr, atlasCidr: container?.atlasCidrBlock ?? null })
  switch (peer.providerName) {
    case "AWS":
      return peer.awsAccountId
        ? `${formatAccount(peer.awsAccountId)} must accept`
        : "The VPC owner must accept"
    case "GCP":
      return `Create the peering in ${peer.gcpProjectId ?? "your project"}`
    case "AZURE":
      return "The network owner must act"
  }
}

function toFailureSentence({
  peer,
  cidr,
  atlasCidr,
}: {
  peer: InventoryRow["peering"]["peer"]
  cidr: string | null
  atlasCidr: string | null
}): string {
  const { cause, words } = toFailure(peer)
  const network = getNetworkName(peer) ?? "The network"
  switch (cause) {
    case "rejected":
      return peer.providerName === "AWS"
        ? "The VPC owner rejected the request"
        : "The owner rejected the request"
    case "expired":
      return "Not accepted within 7 days"
    case "ids-do-not-match":
    case "network-deleted":
      return `${network} not found`
    case "overlapping-cidr":
      return cidr !== null && cidr === atlasCidr ? `Both sides use ${cidr}` : "The CIDRs overlap"
    case "permission-withdrawn":
      return peer.providerName === "AZURE"
        ? `Atlas's role on ${network} is missing`
        : `Atlas has no permission on ${network}`
    case "removal-failed":
      return words ?? "Atlas could not delete the connection"
    case "other":
      return words ?? "Atlas reports no reason"
  }
}
