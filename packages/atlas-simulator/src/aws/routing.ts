import { derive } from "#world/identifiers.ts"
import type { AwsNetwork } from "#world/customer/network-schema.ts"
import { toIds, toTags, type Part, type Resource } from "./describe.ts"
import { AwsError } from "./errors.ts"
import { getPage } from "./paging.ts"
import { requireParameter, type Query } from "./query.ts"
import type { XmlFields, XmlValue } from "./xml.ts"

type Table = AwsNetwork["routeTables"][number]
type Route = Table["routes"][number] & { isLost: boolean }
type PrefixList = { id: string; name: string; owner: string; region: string; cidrs: readonly string[] }

const targetNames: Record<string, string> = {
  eigw: "egressOnlyInternetGatewayId",
  eni: "networkInterfaceId",
  lgw: "localGatewayId",
  nat: "natGatewayId",
  pcx: "vpcPeeringConnectionId",
  tgw: "transitGatewayId",
}

/** Route tables, each route with what became of its peering. */
export const routeTables: Resource<Part<Omit<Table, "routes"> & { routes: Route[] }>> = {
  ids: toIds("RouteTableId", "InvalidRouteTableID.NotFound", "routeTable ID", ({ part }) => part.id),
  filters: {
    "vpc-id": ({ network }) => [network.vpcId],
    "route-table-id": ({ part }) => [part.id],
    "association.subnet-id": ({ part }) => part.subnets,
    "association.main": ({ part }) => [String(part.isMain)],
  },
  set: "routeTableSet",
  toXml: ({ network, part }) => ({
    ownerId: network.awsAccountId,
    routeTableId: part.id,
    vpcId: network.vpcId,
    propagatingVgwSet: [],
    routeSet: part.routes.map(toRoute),
    associationSet: [...(part.isMain ? [null] : []), ...part.subnets].map((subnetId) => ({
      routeTableAssociationId: `rtbassoc-0${derive(`${part.id}/${subnetId}`, 16)}`,
      routeTableId: part.id,
      subnetId,
      main: subnetId === null,
      associationState: { state: "associated" },
    })),
    tagSet: toTags(part.name),
  }),
}

function toRoute({ to, target, isLost }: Route): XmlValue {
  const destination = to.startsWith("pl-") ? "destinationPrefixListId" : "destinationCidrBlock"
  const [kind = ""] = target.split("-")
  return {
    [destination]: to,
    [targetNames[kind] ?? "gatewayId"]: target,
    origin: target === "local" ? "CreateRouteTable" : "CreateRoute",
    state: isLost ? "blackhole" : "active",
  }
}

export const prefixLists: Resource<PrefixList> = {
  ids: toIds("PrefixListId", "InvalidPrefixListID.NotFound", "prefix list ID", ({ id }) => id),
  filters: {
    "owner-id": ({ owner }) => [owner],
    "prefix-list-id": ({ id }) => [id],
    "prefix-list-name": ({ name }) => [name],
  },
  set: "prefixListSet",
  toXml: ({ id, name, owner, region, cidrs }) => ({
    prefixListId: id,
    addressFamily: "IPv4",
    state: "create-complete",
    prefixListArn: `arn:aws:ec2:${region}:${owner === "AWS" ? "aws" : owner}:prefix-list/${id}`,
    prefixListName: name,
    ...(owner === "AWS" ? {} : { maxEntries: Math.max(cidrs.length, 10), version: 1 }),
    tagSet: [],
    ownerId: owner,
  }),
  limits: { least: 1, most: 100 },
}

/** Lists the customer's lists, and those of AWS's services that every region has. */
export function listPrefixLists(networks: readonly AwsNetwork[], region: string): PrefixList[] {
  const ofService = (service: string, cidr: string) => ({
    id: `pl-${derive(`${region}/${service}`, 8)}`,
    name: `com.amazonaws.${region}.${service}`,
    owner: "AWS",
    region,
    cidrs: [cidr],
  })
  return [
    ...networks.flatMap(({ awsAccountId: owner, prefixLists: lists }) =>
      lists.map((list) => ({ ...list, owner, region })),
    ),
    ofService("s3", "3.5.0.0/19"),
    ofService("dynamodb", "3.218.180.0/22"),
  ]
}

export function getManagedPrefixListEntries(
  networks: readonly AwsNetwork[],
  query: Query,
  region: string,
): XmlFields {
  const id = requireParameter(query, "PrefixListId")
  const found = listPrefixLists(networks, region).find((list) => list.id === id)
  if (found === undefined) throw new AwsError(prefixLists.ids.missing, prefixLists.ids.says(id))
  const page = getPage(found.cidrs, query, { least: 1, most: 100 })
  return { entrySet: page.items.map((cidr) => ({ cidr })), nextToken: page.nextToken }
}
