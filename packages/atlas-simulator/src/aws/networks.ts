import { derive } from "#world/identifiers.ts"
import type { AwsNetwork } from "#world/customer/network-schema.ts"
import { toIds, toTags, type Part, type Resource } from "./describe.ts"
import { AwsError } from "./errors.ts"
import { requireParameter, type Query } from "./query.ts"
import type { XmlFields } from "./xml.ts"

export const vpcs: Resource<AwsNetwork> = {
  ids: toIds("VpcId", "InvalidVpcID.NotFound", "vpc ID", ({ vpcId }) => vpcId),
  filters: {
    "vpc-id": ({ vpcId }) => [vpcId],
    "owner-id": ({ awsAccountId }) => [awsAccountId],
    cidr: ({ cidrs }) => cidrs.slice(0, 1),
    "cidr-block-association.cidr-block": ({ cidrs }) => cidrs,
    state: () => ["available"],
  },
  set: "vpcSet",
  toXml: ({ vpcId, awsAccountId, cidrs, name }) => ({
    ownerId: awsAccountId,
    instanceTenancy: "default",
    cidrBlockAssociationSet: cidrs.map((cidrBlock) => ({
      cidrBlock,
      associationId: `vpc-cidr-assoc-0${derive(`${vpcId}/${cidrBlock}`, 16)}`,
      cidrBlockState: { state: "associated" },
    })),
    isDefault: false,
    tagSet: toTags(name),
    vpcId,
    state: "available",
    cidrBlock: cidrs[0] ?? null,
    dhcpOptionsId: `dopt-0${derive(`${awsAccountId}/dopt`, 16)}`,
  }),
}

export const subnets: Resource<Part<AwsNetwork["subnets"][number]>> = {
  ids: toIds("SubnetId", "InvalidSubnetID.NotFound", "subnet ID", ({ part }) => part.id),
  filters: {
    "vpc-id": ({ network }) => [network.vpcId],
    "subnet-id": ({ part }) => [part.id],
    "owner-id": ({ network }) => [network.awsAccountId],
  },
  set: "subnetSet",
  toXml: ({ network: { region, awsAccountId, vpcId }, part: { id, zone, cidr, name } }) => ({
    availabilityZoneId: toZoneId(zone),
    ownerId: awsAccountId,
    assignIpv6AddressOnCreation: false,
    ipv6Native: false,
    ipv6CidrBlockAssociationSet: [],
    tagSet: toTags(name),
    subnetArn: `arn:aws:ec2:${region}:${awsAccountId}:subnet/${id}`,
    subnetId: id,
    state: "available",
    vpcId,
    cidrBlock: cidr,
    availableIpAddressCount: 2 ** (32 - Number(cidr.split("/")[1])) - 5,
    availabilityZone: zone,
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
  }),
}

/** Formats the id of a zone: `usw1-az1` for `us-west-1a`. */
function toZoneId(zone: string): string {
  const [, area = "", direction = "", number = "", letter = ""] = /^(\w+)-(\w+)-(\d)([a-z])$/.exec(zone) ?? []
  const short = direction.replace(/^(north|south)(east|west)?$/, "$1-$2").replace(/(\w)\w*-?/g, "$1")
  return `${area}${short}${number}-az${letter.charCodeAt(0) - 96}`
}

/** Answers one attribute of one VPC, as AWS does. */
export function describeVpcAttribute(networks: readonly AwsNetwork[], query: Query): XmlFields {
  const attribute = requireParameter(query, "Attribute")
  const vpcId = requireParameter(query, "VpcId")
  const found = networks.find((network) => network.vpcId === vpcId)
  if (found === undefined) throw new AwsError(vpcs.ids.missing, vpcs.ids.says(vpcId))
  const values: Record<string, boolean> = {
    enableDnsSupport: found.dnsSupport,
    enableDnsHostnames: found.dnsHostnames,
    enableNetworkAddressUsageMetrics: false,
  }
  const value = Object.hasOwn(values, attribute) ? values[attribute] : undefined
  if (value === undefined)
    throw new AwsError(
      "InvalidParameterValue",
      `Value (${attribute}) for parameter attribute is invalid. Unknown attribute.`,
    )
  return { vpcId, [attribute]: { value } }
}
