import { derive } from "#world/identifiers.ts"
import type { AwsNetwork } from "#world/customer/network-schema.ts"
import { toIds, type Part, type Resource } from "./describe.ts"
import type { XmlValue } from "./xml.ts"

type Acl = Part<AwsNetwork["networkAcls"][number]>
type Group = Part<AwsNetwork["securityGroups"][number]>
type Entry = Acl["part"]["entries"][number]

/** The number of the rule that ends every ACL: it denies the rest, and nobody can remove it. */
const lastRule = 32767

export const acls: Resource<Acl> = {
  ids: toIds("NetworkAclId", "InvalidNetworkAclID.NotFound", "networkAcl ID", ({ part }) => part.id),
  filters: {
    "vpc-id": ({ network }) => [network.vpcId],
    "network-acl-id": ({ part }) => [part.id],
    "association.subnet-id": ({ part }) => part.subnets,
    default: ({ part }) => [String(part.isDefault)],
  },
  set: "networkAclSet",
  toXml: ({ network, part }) => ({
    networkAclId: part.id,
    vpcId: network.vpcId,
    default: part.isDefault,
    entrySet: [...part.entries, toLastEntry("in"), toLastEntry("out")].map(toEntry),
    associationSet: part.subnets.map((subnetId) => ({
      networkAclAssociationId: `aclassoc-0${derive(`${part.id}/${subnetId}`, 16)}`,
      networkAclId: part.id,
      subnetId,
    })),
    tagSet: [],
    ownerId: network.awsAccountId,
  }),
}

function toLastEntry(direction: Entry["direction"]): Entry {
  return {
    number: lastRule,
    direction,
    allows: false,
    protocol: "-1",
    from: null,
    to: null,
    cidr: "0.0.0.0/0",
  }
}

function toEntry({ number, direction, allows, protocol, from, to, cidr }: Entry): XmlValue {
  return {
    ruleNumber: number,
    protocol,
    ruleAction: allows ? "allow" : "deny",
    egress: direction === "out",
    cidrBlock: cidr,
    portRange: from === null || to === null ? null : { from, to },
  }
}

export const groups: Resource<Group> = {
  ids: toIds("GroupId", "InvalidGroup.NotFound", "security group", ({ part }) => part.id),
  filters: {
    "vpc-id": ({ network }) => [network.vpcId],
    "group-id": ({ part }) => [part.id],
    "group-name": ({ part }) => [part.name],
    "owner-id": ({ network }) => [network.awsAccountId],
  },
  set: "securityGroupInfo",
  toXml: ({ network, part }) => ({
    ownerId: network.awsAccountId,
    groupId: part.id,
    groupName: part.name,
    groupDescription: part.name === "default" ? "default VPC security group" : part.name,
    securityGroupArn: `arn:aws:ec2:${network.region}:${network.awsAccountId}:security-group/${part.id}`,
    vpcId: network.vpcId,
    ipPermissions: toPermissions(network.awsAccountId, part, "in"),
    ipPermissionsEgress: toPermissions(network.awsAccountId, part, "out"),
    tagSet: [],
  }),
}

function toPermissions(userId: string, { rules }: Group["part"], direction: Entry["direction"]): XmlValue {
  return rules
    .filter((rule) => rule.direction === direction)
    .map(({ protocol, from, to, cidrs, prefixLists, groups: others }) => ({
      ipProtocol: protocol,
      fromPort: from,
      toPort: to,
      groups: others.map((groupId) => ({ userId, groupId })),
      ipRanges: cidrs.map((cidrIp) => ({ cidrIp })),
      ipv6Ranges: [],
      prefixListIds: prefixLists.map((prefixListId) => ({ prefixListId })),
    }))
}
