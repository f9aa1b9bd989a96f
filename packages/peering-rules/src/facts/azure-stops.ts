import type { AzurePeer, Firewall, FirewallRule } from "@peering-desk/shared-schemas"
import { isWithin, readCidrRange } from "#addresses/cidr-range.ts"
import { mayPeer } from "#runbook/read-role-assignments.ts"
import { atlasPorts } from "#runbook/runbook-step.ts"
import { checkAzurePeering } from "./azure-peering-stop.ts"
import { listFew } from "./describe-fact.ts"
import { computeAtlasPassage } from "./passage.ts"
import {
  byAtlas,
  checkSubnets,
  createStop,
  findFresh,
  getAtlasCidr,
  toBasis,
  toNotChecked,
  type Stop,
  type Way,
} from "./stop.ts"

const range = `${atlasPorts.first}–${atlasPorts.last}`

/** Lists the stops of an Azure connection, from the application to the cluster. */
export function listAzureStops(way: Way<AzurePeer>): Stop[] {
  const peering = checkAzurePeering(way)
  const application = checkSubnets(way, way.peer.vnetName)
  return [application, checkRoute(way), checkFirewall(way), checkRole(way), peering]
}

/** Azure routes the peer's addresses by itself. A route of a table wins when it is as narrow, or narrower. */
function checkRoute(way: Way<AzurePeer>): Stop {
  const stepId = "azure-routes"
  const cidr = getAtlasCidr(way)
  const tables = findFresh(way, "routeTables")
  const subnets = findFresh(way, "subnets")
  if (tables === null || subnets === null || readCidrRange(cidr) === null)
    return toNotChecked(way, "route", stepId, "routeTables", "subnets")
  const stop = createStop("route", stepId, toBasis(tables, subnets))
  const shadowed = tables.value.flatMap((table) => {
    const route = table.routes.find(({ to }) => isWithin(to, cidr))
    return route === undefined ? [] : [{ table, route }]
  })
  const [first] = shadowed
  if (first === undefined) return stop("proven", `No route of a table takes ${cidr} from the peering.`)
  const users = shadowed.flatMap(({ table }) => table.subnets)
  const says = shadowed
    .map(({ table, route }) => `${table.id} leads ${route.to} to ${route.target}.`)
    .slice(0, 3)
    .join(" ")
  const isEverySubnet = subnets.value.every(({ id }) => users.includes(id))
  return isEverySubnet
    ? stop(
        "broken",
        says,
        `If nothing else needs it, remove the route for ${first.route.to} from ${first.table.id}.`,
      )
    : stop("not-checked", says, `Does the application use ${listFew(users)}?`)
}

function checkFirewall(way: Way<AzurePeer>): Stop {
  const stepId = "azure-network-security-group"
  const cidr = getAtlasCidr(way)
  const groups = findFresh(way, "firewalls")
  const subnets = findFresh(way, "subnets")
  if (groups === null || subnets === null || cidr === "")
    return toNotChecked(way, "firewall", stepId, "firewalls", "subnets")
  const stop = createStop("firewall", stepId, toBasis(groups, subnets))
  // Without Azure's default rules in the output, its rule for peered networks counts.
  const pass = (rules: readonly FirewallRule[]) => computeAtlasPassage(rules, cidr, true)
  // What allows some sources proves nothing, and what denies some breaks nothing: which one the application has is not known.
  const closed = groups.value.filter((group) => pass(withoutPartial(group, { allows: true })) !== "all")
  const closedToAll = closed.filter((group) => pass(withoutPartial(group, { allows: false })) === "none")
  if (closed.length === 0) {
    const names = listFew(groups.value.map((one) => one.id))
    const says = names === "" ? "No subnet has a network security group" : `${names}: ${range} out to ${cidr}`
    return stop("proven", `${says}. Groups of network interfaces aren't read.`)
  }
  const users = closed.flatMap((group) => group.subnets)
  const usersOfAll = closedToAll.flatMap((group) => group.subnets)
  const names = listFew(closed.map((one) => one.id))
  const isEverySubnet = subnets.value.every((subnet) => usersOfAll.includes(subnet.id))
  const says = `${names} doesn't let all of ${range} out to ${cidr}`
  const isBySource = closed.some((group) => group.rules.some((rule) => rule.isPartial))
  return isEverySubnet
    ? stop(
        "broken",
        `${says}.`,
        `Allow TCP ${range} out to ${cidr} in ${names}, with a priority below the rule that denies.`,
      )
    : stop(
        "not-checked",
        `${says}${isBySource ? " from every source" : ""}.`,
        `Does the application use ${listFew(users)}?`,
      )
}

/** Leaves out the rules of a group that allow, or deny, some of its sources only. */
function withoutPartial({ rules }: Firewall, { allows }: { allows: boolean }): FirewallRule[] {
  return rules.filter((rule) => rule.isPartial !== true || rule.allows !== allows)
}

function checkRole(way: Way<AzurePeer>): Stop {
  const { peer } = way
  const stepId = "azure-role-assignment"
  const roles = findFresh(way, "roles")
  const stop = createStop("role", stepId, toBasis(roles))
  // Atlas needs the role only while it makes the peering.
  if (peer.status === "AVAILABLE")
    return stop("proven", "Atlas made the peering with its role.", null, byAtlas)
  if (roles === null) return toNotChecked(way, "role", stepId, "roles")
  const enough = roles.value.find(({ role }) => mayPeer(role, peer))
  if (enough !== undefined) return stop("proven", `Atlas has ${enough.role}.`)
  // A role of the company's may have the permissions. One that only reads has none of them.
  const own = roles.value.find(({ role }) => !role.endsWith("Reader"))
  if (own !== undefined)
    return stop(
      "not-checked",
      `Atlas's application has ${own.role} on ${peer.vnetName}. Whether it allows peering isn't known.`,
      "Compare its permissions with those of the AtlasPeering role.",
    )
  const [other] = roles.value
  return stop(
    "broken",
    `Atlas's application has ${other === undefined ? "no role" : `only ${other.role}`} on ${peer.vnetName}.`,
    "Assign the AtlasPeering role of this VNet, then create the connection again.",
  )
}
