import type { CloudRoute, CloudRouteTable, Firewall, FirewallRule } from "@peering-desk/shared-schemas"
import { toObject } from "#formats/unknown-json.ts"
import { isOn, toNumber, toObjects, toWord, toWords } from "./words.ts"

type Thing = Record<string, unknown>

/** Reads a route table, with the CIDRs of its prefix lists. */
export function toRouteTable(table: Thing, prefixLists: ReadonlyMap<string, string[]>): CloudRouteTable {
  const associations = toObjects(table["Associations"])
  // Of two routes to one CIDR AWS takes the static one, then the one of a prefix list, then the propagated one.
  const routes = toObjects(table["Routes"]).toSorted((one, other) => toRank(one) - toRank(other))
  return {
    id: toWord(table["RouteTableId"]),
    isMain: associations.some((one) => isOn(one["Main"])),
    subnets: associations.flatMap((one) => toWords(one["SubnetId"])),
    routes: routes.flatMap((route) => toRoutes(route, prefixLists)),
  }
}

function toRank(route: Thing): number {
  if (route["Origin"] === "EnableVgwRoutePropagation") return 2
  return route["DestinationPrefixListId"] == null ? 0 : 1
}

const targets = [
  "VpcPeeringConnectionId",
  "TransitGatewayId",
  "NatGatewayId",
  "NetworkInterfaceId",
  "InstanceId",
  "LocalGatewayId",
  "CarrierGatewayId",
  "CoreNetworkArn",
  "EgressOnlyInternetGatewayId",
  "GatewayId",
]

function toRoutes(route: Thing, prefixLists: ReadonlyMap<string, string[]>): CloudRoute[] {
  const list = toWord(route["DestinationPrefixListId"])
  const target = targets.map((name) => toWord(route[name])).find((one) => one !== "") ?? "nowhere"
  const state = route["State"] === "blackhole" ? "blackhole" : "active"
  const cidrs = list === "" ? toWords(route["DestinationCidrBlock"]) : (prefixLists.get(list) ?? [list])
  return cidrs.map((to) => ({ to, target, state }))
}

/** Reads a security group; its rules have no order. */
export function toGroup(group: Thing, prefixLists: ReadonlyMap<string, string[]>): Firewall {
  const rules = (name: string, direction: "in" | "out") =>
    toObjects(group[name]).map((rule): FirewallRule => ({
      number: null,
      allows: true,
      direction,
      ...toPorts(rule["IpProtocol"], rule["FromPort"], rule["ToPort"]),
      cidrs: [
        ...toObjects(rule["IpRanges"]).flatMap((one) => toWords(one["CidrIp"])),
        ...toObjects(rule["PrefixListIds"])
          .flatMap((one) => toWords(one["PrefixListId"]))
          .flatMap((id) => prefixLists.get(id) ?? [id]),
      ],
    }))
  return {
    id: toWord(group["GroupId"]),
    name: toWord(group["GroupName"]) || null,
    subnets: [],
    rules: [...rules("IpPermissions", "in"), ...rules("IpPermissionsEgress", "out")],
  }
}

/** Reads a network ACL with its numbered rules. */
export function toAcl(acl: Thing): Firewall {
  return {
    id: toWord(acl["NetworkAclId"]),
    name: null,
    subnets: toObjects(acl["Associations"]).flatMap((one) => toWords(one["SubnetId"])),
    rules: toObjects(acl["Entries"]).map((entry) => {
      const range = toObject(entry["PortRange"])
      return {
        number: toNumber(entry["RuleNumber"]),
        allows: entry["RuleAction"] === "allow",
        direction: isOn(entry["Egress"]) ? ("out" as const) : ("in" as const),
        ...toPorts(entry["Protocol"], range["From"], range["To"]),
        cidrs: toWords(entry["CidrBlock"]),
      }
    }),
  }
}

const protocols: Readonly<Record<string, string>> = { "-1": "all", "6": "tcp", "17": "udp", "1": "icmp" }

function toPorts(
  protocol: unknown,
  first: unknown,
  last: unknown,
): Pick<FirewallRule, "protocol" | "from" | "to"> {
  const number = toWord(protocol)
  const name = protocols[number] ?? number
  if (name !== "tcp" && name !== "udp") return { protocol: name, from: null, to: null }
  return { protocol: name, from: toNumber(first), to: toNumber(last) }
}
