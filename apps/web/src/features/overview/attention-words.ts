import { getNetworkName, type AtlasPeer } from "@peering-desk/shared-schemas"
import { isBroken, isDeclined, toFailure, type Failure, type InventoryRow } from "@peering-desk/peering-rules"
import { formatAccount } from "#copy/peerings.ts"

type Row = Pick<InventoryRow, "peering" | "turn" | "cidr" | "container">

/** Says in one sentence what has to happen for a connection, with its own values. */
export function toAttentionSentence(row: Row): string {
  const { peer, declined, broken } = row.peering
  if (declined !== undefined && isDeclined(row.peering)) return `“${declined.reason}”`
  if (broken !== undefined && isBroken(row.peering)) return broken.says
  if (row.turn !== "failed") return toWaitingSentence(peer)
  const { cause, words } = toFailure(peer)
  return failureSentences[cause](row, words)
}

function toWaitingSentence(peer: AtlasPeer): string {
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

const nameNetwork = ({ peering }: Row) => getNetworkName(peering.peer) ?? "The network"
const toNotFound = (row: Row) => `${nameNetwork(row)} not found`

/** The sentence of a failure by its cause. */
const failureSentences: Record<Failure["cause"], (row: Row, words: string | null) => string> = {
  rejected: ({ peering }) =>
    `The ${peering.peer.providerName === "AWS" ? "VPC owner" : "owner"} rejected the request`,
  expired: () => "Not accepted within 7 days",
  "ids-do-not-match": (row) =>
    row.peering.leftAvailableAt === null
      ? "Account, VPC and region don't match, or CIDRs overlap"
      : toNotFound(row),
  "network-deleted": toNotFound,
  "overlapping-cidr": ({ cidr, container }) =>
    cidr !== null && cidr === container?.atlasCidrBlock ? `Both sides use ${cidr}` : "The CIDRs overlap",
  "permission-withdrawn": (row) =>
    row.peering.peer.providerName === "AZURE"
      ? `Atlas's role on ${nameNetwork(row)} is missing`
      : `Atlas has no permission on ${nameNetwork(row)}`,
  "removal-failed": (_row, words) => words ?? "Atlas could not delete the connection",
  other: (_row, words) => words ?? "Atlas reports no reason",
}
