/** A connection that Atlas reports as failed, and what the page shows about it. */
interface FailedConnection {
  peer: { id: string } & Record<string, unknown>
  what: string
  todo: string
  /** Taken from the connection's fields. */
  evidence: string
  /** Atlas's words; null when it gives none. */
  words: string | null
  acts: readonly string[]
}

const containerId = "507f1f77bcf86cd799439011"
const deleteAndRequest = ["Delete and request again"]
const correctAndRequest = ["Correct and request again"]
const overlap =
  "Could not create peering connection in Atlas Azure account because a peer with an overlapping CIDR block already exists."

const toAws = (n: number, errorStateName: string | null, errorMessage?: string) => ({
  id: `6b05d936ec296aab47d8350${n}`,
  containerId,
  accepterRegionName: "us-west-1",
  awsAccountId: "482913570264",
  connectionId: null,
  routeTableCidrBlock: `10.9${n}.0.0/16`,
  statusName: "FAILED",
  vpcId: `vpc-0a1b2c3d4e5f6071${n}`,
  errorStateName,
  ...(errorMessage !== undefined && { errorMessage }),
})
const toGcp = (n: number, errorMessage: string | null) => ({
  id: `6b05d936ec296aab47d8351${n}`,
  containerId,
  gcpProjectId: "acme-ledger-118342",
  networkName: `ledger-${n}`,
  status: "FAILED",
  errorMessage,
})
const toAzure = (n: number, errorState: string | null, status = "FAILED") => ({
  id: `6b05d936ec296aab47d8352${n}`,
  containerId,
  azureDirectoryId: "7d0d6b0e-4f5b-4b0e-9a52-3d6a1f0c9e21",
  azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
  resourceGroupName: "rg-ledger",
  vnetName: `vnet-${n}`,
  status,
  errorState,
})

/** Every known cause, an unknown one and a missing one. */
export const failures: Record<"AWS" | "GCP" | "AZURE", FailedConnection[]> = {
  AWS: [
    {
      peer: toAws(1, "REJECTED"),
      what: "The owner of the VPC rejected the request.",
      todo: "Ask the owner why",
      evidence: "Account 482913570264, VPC vpc-0a1b2c3d4e5f60711",
      words: "REJECTED",
      acts: deleteAndRequest,
    },
    {
      peer: toAws(2, "EXPIRED"),
      what: "Not accepted within 7 days",
      todo: "share the link with the VPC owner",
      evidence: "vpc-0a1b2c3d4e5f60712",
      words: "EXPIRED",
      acts: deleteAndRequest,
    },
    {
      peer: toAws(3, "INVALID_ARGUMENT"),
      what: "account, VPC and region don't match, or CIDRs overlap.",
      todo: "aws ec2 describe-vpcs",
      evidence: "region us-west-1",
      words: "INVALID_ARGUMENT",
      acts: correctAndRequest,
    },
    {
      peer: toAws(4, null, "The VPC vpc-0a1b2c3d4e5f60714 no longer exists."),
      what: "The network was not found under these names.",
      todo: "Check the names, then correct them",
      evidence: "vpc-0a1b2c3d4e5f60714",
      words: "The VPC vpc-0a1b2c3d4e5f60714 no longer exists.",
      acts: correctAndRequest,
    },
    {
      peer: toAws(5, "A_WORD_OF_TOMORROW"),
      what: "See the message from Atlas.",
      todo: "Fix what the message names",
      evidence: "vpc-0a1b2c3d4e5f60715",
      words: "A_WORD_OF_TOMORROW",
      acts: correctAndRequest,
    },
  ],
  GCP: [
    {
      peer: toGcp(1, "The network ledger-1 was not found in project acme-ledger-118342."),
      what: "The network was not found under these names.",
      todo: "Check the names, then correct them",
      evidence: "Network ledger-1 in project acme-ledger-118342",
      words: "The network ledger-1 was not found in project acme-ledger-118342.",
      acts: correctAndRequest,
    },
    {
      peer: toGcp(2, null),
      what: "The connection failed without a reason from Atlas.",
      todo: "The cloud's own log may have the reason",
      evidence: "Network ledger-2",
      words: null,
      acts: correctAndRequest,
    },
  ],
  AZURE: [
    {
      peer: toAzure(1, overlap),
      what: "The network overlaps the container, or another network",
      todo: "use a network with another CIDR",
      evidence: "Container CIDR 10.24.0.0/21",
      words: overlap,
      acts: correctAndRequest,
    },
    {
      peer: toAzure(2, "Atlas no longer has permission to manage the peering of the virtual network."),
      what: "Atlas has no permission",
      todo: "Restore the permission",
      evidence: "VNet vnet-2 in rg-ledger",
      words: "Atlas no longer has permission to manage the peering of the virtual network.",
      acts: ["Assign Atlas's role", ...correctAndRequest],
    },
    {
      peer: toAzure(3, "Could not delete peering connection.", "DELETION_FAILED"),
      what: "couldn't be deleted",
      todo: "then delete again",
      evidence: "VNet vnet-3",
      words: "Could not delete peering connection.",
      acts: ["Delete again…"],
    },
  ],
}
