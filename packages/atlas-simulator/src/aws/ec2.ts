import type { AwsNetwork, CustomerNetwork } from "#world/customer/network-schema.ts"
import { isBlackhole, listNetworkPeerings } from "#world/customer-networks.ts"
import type { World } from "#world/world.ts"
import type { AwsCaller } from "./credentials.ts"
import { withNetwork } from "./describe.ts"
import { describeNetworkAcls, describeSecurityGroups } from "./firewalls.ts"
import { describeSubnets, describeVpcAttribute, describeVpcs } from "./networks.ts"
import { describeVpcPeeringConnections } from "./peerings.ts"
import type { Query } from "./query.ts"
import { describeManagedPrefixLists, describeRouteTables, getManagedPrefixListEntries } from "./routing.ts"
import type { XmlFields } from "./xml.ts"

type Answer = (networks: AwsNetwork[], query: Query, region: string, world: World) => XmlFields
type Action = (caller: Pick<AwsCaller, "account">, query: Query, region: string) => XmlFields

/**
 * Creates the actions of EC2. Each sees the networks of the caller's account in the region of the call, and networks shared with the
 * account; groups and peerings are seen by their owner alone.
 */
export function createEc2(readWorld: () => World): Record<string, Action> {
  const forPlace =
    (answer: Answer, isForOwner = false): Action =>
    ({ account }, query, region) => {
      const world = readWorld()
      const networks = world.networks
        .filter(isAws)
        .filter(
          (network) =>
            network.region === region &&
            (network.awsAccountId === account || (!isForOwner && network.sharedWith.includes(account))),
        )
      return answer(networks, query, region, world)
    }
  return {
    DescribeVpcs: forPlace(describeVpcs),
    DescribeVpcAttribute: forPlace(describeVpcAttribute),
    DescribeSubnets: forPlace(describeSubnets),
    DescribeRouteTables: forPlace((networks, query, _region, { projects }) =>
      describeRouteTables(networks, query, (network, target) => isBlackhole(projects, network, target)),
    ),
    DescribeManagedPrefixLists: forPlace(describeManagedPrefixLists),
    GetManagedPrefixListEntries: forPlace(getManagedPrefixListEntries),
    DescribeVpcPeeringConnections: forPlace(
      (networks, query, _region, { projects }) =>
        describeVpcPeeringConnections(
          withNetwork(networks, (network) => listNetworkPeerings(projects, network)),
          query,
        ),
      true,
    ),
    DescribeNetworkAcls: forPlace(describeNetworkAcls),
    DescribeSecurityGroups: forPlace(describeSecurityGroups, true),
  }
}

function isAws(network: CustomerNetwork): network is AwsNetwork {
  return network.providerName === "AWS"
}
