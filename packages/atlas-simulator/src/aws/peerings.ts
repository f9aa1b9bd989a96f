import type { NetworkPeering } from "#world/customer-networks.ts"
import { toIds, type Part, type Resource } from "./describe.ts"
import type { XmlValue } from "./xml.ts"

const week = 7 * 24 * 3_600_000

const messages: Record<string, string> = {
  active: "Active",
  deleted: "Deleted",
  deleting: "Deleting",
  expired: "Expired",
  failed: "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
  rejected: "Rejected",
}

/** The peerings of the customer's VPCs; Atlas requested them. */
export const peerings: Resource<Part<NetworkPeering>> = {
  ids: toIds(
    "VpcPeeringConnectionId",
    "InvalidVpcPeeringConnectionID.NotFound",
    "vpcPeeringConnection ID",
    ({ part }) => part.id,
  ),
  filters: {
    "accepter-vpc-info.vpc-id": ({ network }) => [network.vpcId],
    "accepter-vpc-info.owner-id": ({ network }) => [network.awsAccountId],
    "requester-vpc-info.vpc-id": ({ part }) => [part.atlas.network],
    "requester-vpc-info.owner-id": ({ part }) => [part.atlas.account],
    "status-code": ({ part }) => [part.state],
    "vpc-peering-connection-id": ({ part }) => [part.id],
  },
  set: "vpcPeeringConnectionSet",
  toXml: ({ network, part: { id, state, atlas, peer } }) => {
    const isPending = state === "pending-acceptance"
    return {
      vpcPeeringConnectionId: id,
      requesterVpcInfo: {
        ownerId: atlas.account,
        vpcId: atlas.network,
        ...toCidrs([atlas.cidr]),
        region: atlas.region,
      },
      // Its CIDRs are there once the owner accepted.
      accepterVpcInfo: {
        ownerId: network.awsAccountId,
        vpcId: network.vpcId,
        ...(state === "active" ? toCidrs(network.cidrs) : {}),
        region: network.region,
      },
      status: { code: state, message: messages[state] ?? `Pending Acceptance by ${network.awsAccountId}` },
      expirationTime: isPending ? new Date(peer.since + week).toISOString() : null,
      tagSet: [],
    }
  },
}

function toCidrs(cidrs: readonly string[]): Record<string, XmlValue> {
  return {
    cidrBlock: cidrs[0] ?? null,
    cidrBlockSet: cidrs.map((cidrBlock) => ({ cidrBlock })),
    peeringOptions: {
      allowEgressFromLocalClassicLinkToRemoteVpc: false,
      allowEgressFromLocalVpcToRemoteClassicLink: false,
      allowDnsResolutionFromRemoteVpc: false,
    },
  }
}
