import type { CloudPeering, CloudRoute, Firewall, FirewallRule } from "@peering-desk/shared-schemas"
import { groupBy } from "#formats/group-by.ts"
import { peeringTarget } from "./describe-fact.ts"
import type { FactsReader } from "./output.ts"
import { isOn, toFacts, toNumber, toObjects, toWord, toWords } from "./words.ts"

type Thing = Record<string, unknown>

const networkLink = /\/projects\/([^/]+)\/global\/networks\/([^/]+)$/

/** Reads what `gcloud compute networks describe`, `networks peerings list`, `subnets list`, `routes list` and others print. */
export const readGcpFacts: FactsReader = ({ outputs, asked, isLookUp, at }) => {
  const things = outputs.flatMap(({ value }) => toObjects(value))
  const networks = things.filter(
    (one) =>
      networkLink.test(toWord(one["selfLink"])) ||
      (Array.isArray(one["peerings"]) && one["network"] === undefined),
  )
  const byLink = (list: readonly Thing[]) => groupBy(list, (one) => toWord(one["network"]))
  const kinds = {
    subnets: byLink(things.filter((one) => one["ipCidrRange"] !== undefined)),
    routes: byLink(things.filter((one) => one["destRange"] !== undefined)),
    rules: byLink(things.filter((one) => one["direction"] !== undefined && one["priority"] !== undefined)),
    ranges: byLink(things.filter((one) => one["purpose"] === "VPC_PEERING")),
  }
  const wasRead = (name: string) => isLookUp && outputs.some((one) => one.name === name && one.value !== null)
  const links = new Set([
    ...networks.map((one) => toWord(one["selfLink"])),
    ...Object.values(kinds).flatMap((group) => [...group.keys()]),
  ])
  return [...links].flatMap((link) => {
    const [, project, network] = networkLink.exec(link) ?? []
    if (project === undefined || network === undefined) return []
    if ((asked["networkName"] ?? network) !== network) return []
    const described = networks.find((one) => toWord(one["selfLink"]) === link)
    const list = (kind: keyof typeof kinds, name: string) =>
      kinds[kind].get(link) ?? (wasRead(name) ? [] : undefined)
    const subnets = list("subnets", "subnets")
    const routes = list("routes", "routes")?.filter((one) => toWord(one["destRange"]).includes("."))
    const ranges = subnets?.flatMap(toRanges)
    return [
      toFacts(
        "GCP",
        {
          account: project,
          network,
          addresses: ranges?.length === 0 ? undefined : ranges,
          subnets: subnets?.map((one) => ({
            id: [toLast(one["region"]), toWord(one["name"])].filter(Boolean).join("/"),
            cidrs: toRanges(one),
          })),
          routeTables: routes && [{ id: network, isMain: true, subnets: [], routes: routes.map(toRoute) }],
          firewalls: toFirewalls(network, list("rules", "firewall-rules")),
          peerings: described && toObjects(described["peerings"]).map((one) => toPeering(one, routes)),
          serviceRanges: list("ranges", "service-ranges")?.map(
            (one) => `${toWord(one["address"])}/${toWord(one["prefixLength"])}`,
          ),
        },
        { at },
      ),
    ]
  })
}

function toLast(link: unknown): string {
  return toWord(link).split("/").at(-1) ?? ""
}

function toRanges(subnet: Thing): string[] {
  const secondary = toObjects(subnet["secondaryIpRanges"])
  return [subnet, ...secondary].flatMap((one) => toWords(one["ipCidrRange"]))
}

/** Targets of a route: `peering` with its name, `local` for a subnet, else the last part of the target's link. */
function toRoute(route: Thing): CloudRoute {
  const name = toWord(route["nextHopPeering"])
  const peering = name && `${peeringTarget}${name}`
  const hops = ["Gateway", "Instance", "Ip", "VpnTunnel", "Ilb", "Hub", "InterconnectAttachment"]
  const hop = hops.map((name) => toLast(route[`nextHop${name}`])).find((one) => one !== "")
  const target = peering || (route["nextHopNetwork"] == null ? (hop ?? "nowhere") : "local")
  return { to: toWord(route["destRange"]), target, state: "active" }
}

/** Subnets that a peering brings are routes of the network. A peering that isn't active brings none, so its ranges aren't known. */
function toPeering(peering: Thing, routes: readonly Thing[] | undefined): CloudPeering {
  const name = toWord(peering["name"])
  const ranges = routes
    ?.filter((one) => toWord(one["nextHopPeering"]) === name && !isPassedOn(one))
    .flatMap((one) => toWords(one["destRange"]))
  const network = toWord(peering["network"])
  return {
    id: name,
    state: toWord(peering["state"]),
    message: toWord(peering["stateDetails"]) || null,
    network,
    account: networkLink.exec(network)?.[1] ?? null,
    ranges: ranges === undefined || ranges.length === 0 ? null : ranges,
  }
}

/** Tells if a peer only passes a route on, as a custom route: Google Cloud compares subnets with its CIDRs, not these. */
function isPassedOn(route: Thing): boolean {
  return ["BGP", "STATIC", "TRANSIT"].includes(toWord(route["routeType"]))
}

/** The rules for every machine make one firewall; rules for machines with a tag, service account or address make one each. */
function toFirewalls(network: string, rules: readonly Thing[] | undefined): Firewall[] | undefined {
  const live = rules
    ?.filter((rule) => !isOn(rule["disabled"]))
    .map((rule) => ({
      rule,
      targets: [
        ...toWords(rule["targetTags"]),
        ...toWords(rule["targetServiceAccounts"]),
        // Of a rule for what goes out, these are the machines' own addresses.
        ...(rule["direction"] === "EGRESS" ? toWords(rule["sourceRanges"]) : []),
      ].filter((target) => target !== "0.0.0.0/0"),
    }))
  if (live === undefined) return undefined
  const ofAll = live.filter(({ targets }) => targets.length === 0).flatMap(({ rule }) => toRules(rule))
  const ofSome = live.filter(({ targets }) => targets.length > 0)
  return [
    {
      id: network,
      name: null,
      subnets: [],
      rules: ofAll.toSorted((one, other) => Number(one.allows) - Number(other.allows)),
    },
    ...ofSome.map(({ rule, targets }) => ({
      id: toWord(rule["name"]),
      name: toWord(targets.join(", ")),
      subnets: [],
      rules: toRules(rule),
    })),
  ]
}

function toRules(rule: Thing): FirewallRule[] {
  const direction = rule["direction"] === "EGRESS" ? "out" : "in"
  const cidrs = toWords(rule[direction === "out" ? "destinationRanges" : "sourceRanges"])
  const isOfOthers =
    direction === "in" && (rule["sourceTags"] != null || rule["sourceServiceAccounts"] != null)
  const ends = cidrs.length > 0 || isOfOthers ? cidrs : ["0.0.0.0/0"]
  return [true, false].flatMap((allows) =>
    toObjects(rule[allows ? "allowed" : "denied"]).flatMap((entry) => {
      const protocol = toWord(entry["IPProtocol"])
      const ports = toWords(entry["ports"])
      return (ports.length === 0 ? [""] : ports).map((range): FirewallRule => {
        const [first, last = first] = range.split("-")
        const number = toNumber(rule["priority"])
        return { number, allows, direction, protocol, from: toNumber(first), to: toNumber(last), cidrs: ends }
      })
    }),
  )
}
