import type { AwsNetwork, CustomerNetwork } from "#world/customer/network-schema.ts"
import { isBlackhole, listNetworkPeerings } from "#world/customer-networks.ts"
import type { World } from "#world/world.ts"
import type { AwsCaller } from "./credentials.ts"
import { describe, type Part, type Resource } from "./describe.ts"
import { acls, groups } from "./firewalls.ts"
import { describeVpcAttribute, subnets, vpcs } from "./networks.ts"
import { peerings } from "./peerings.ts"
import type { Query } from "./query.ts"
import { getManagedPrefixListEntries, listPrefixLists, prefixLists, routeTables } from "./routing.ts"
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
  const forParts = <One>(
    listParts: (network: AwsNetwork, world: World) => readonly One[],
    resource: Resource<Part<One>>,
    isForOwner = false,
  ): Action =>
    forPlace((networks, query, _region, world) => {
      const parts = networks.flatMap((network) =>
        listParts(network, world).map((part) => ({ network, part })),
      )
      return describe(parts, query, resource)
    }, isForOwner)
  return {
    DescribeVpcs: forPlace((networks, query) => describe(networks, query, vpcs)),
    DescribeVpcAttribute: forPlace(describeVpcAttribute),
    DescribeSubnets: forParts((network) => network.subnets, subnets),
    DescribeRouteTables: forParts(listRouteTables, routeTables),
    DescribeManagedPrefixLists: forPlace((networks, query, region) =>
      describe(listPrefixLists(networks, region), query, prefixLists),
    ),
    GetManagedPrefixListEntries: forPlace(getManagedPrefixListEntries),
    DescribeVpcPeeringConnections: forParts(
      (network, { projects }) => listNetworkPeerings(projects, network),
      peerings,
      true,
    ),
    DescribeNetworkAcls: forParts((network) => network.networkAcls, acls),
    DescribeSecurityGroups: forParts((network) => network.securityGroups, groups, true),
  }
}

function listRouteTables(network: AwsNetwork, { projects }: World) {
  return network.routeTables.map((table) => ({
    ...table,
    routes: table.routes.map((route) => ({ ...route, isLost: isBlackhole(projects, network, route.target) })),
  }))
}

function isAws(network: CustomerNetwork): network is AwsNetwork {
  return network.providerName === "AWS"
}
