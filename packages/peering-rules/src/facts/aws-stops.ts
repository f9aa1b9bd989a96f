import { isWithin, readCidrRange } from "#addresses/cidr-range.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { isPrivateCidr, parseCidr, type AwsPeer } from "@peering-desk/shared-schemas"
import { checkAwsFirewall } from "./aws-firewall-stop.ts"
import { checkAwsPeering } from "./aws-peering-stop.ts"
import { checkAwsRoute } from "./aws-route-stop.ts"
import { compact } from "#formats/compact.ts"
import { toCount } from "#formats/phrases.ts"
import { listFew } from "./describe-fact.ts"
import { createStop, findFresh, toBasis, toNotChecked, type Stop, type Way } from "./stop.ts"

/** Lists the stops of an AWS connection, from the application to the cluster. */
export function listAwsStops(way: Way<AwsPeer>): Stop[] {
  const peering = checkAwsPeering(way)
  const isPeered = peering.state === "proven"
  return [checkApplication(way), checkAwsRoute(way, isPeered), checkAwsFirewall(way), checkDns(way), peering]
}

/** Atlas answers only to the CIDR that it was given. */
function checkApplication(way: Way<AwsPeer>): Stop {
  const id = "application"
  const given = way.peer.routeTableCidrBlock ?? ""
  const subnets = findFresh(way, "subnets")
  const addresses = findFresh(way, "addresses")
  if (readCidrRange(given) === null) return toNotChecked(way, id, null)
  const isGiven = (cidr: string) => isWithin(cidr, given)
  if (subnets === null || subnets.value.length === 0)
    return addresses !== null && addresses.value.length > 0 && addresses.value.every(isGiven)
      ? createStop(
          id,
          null,
          toBasis(addresses),
        )("proven", `All of ${way.peer.vpcId} is in ${given}, which Atlas routes back to.`)
      : toNotChecked(way, id, null, "subnets")
  const outside = subnets.value.filter(({ cidrs }) => !cidrs.every(isGiven))
  const stop = createStop(id, null, toBasis(subnets, addresses))
  const count = toCount(subnets.value.length, "subnet")
  if (outside.length === 0) return stop("proven", `${count} in ${given}, which Atlas routes back to.`)
  const untold = (addresses?.value ?? []).find(
    (block) =>
      mayBeGiven(block) &&
      !isOverlapping(block, given) &&
      outside.some(({ cidrs }) => cidrs.some((cidr) => isOverlapping(block, cidr))),
  )
  if (untold !== undefined || outside.length === subnets.value.length) {
    const which = untold ?? outside[0]?.cidrs[0] ?? ""
    return stop(
      "broken",
      `Atlas has no way back to ${which}, the CIDR of ${listFew(outside.map((one) => one.id))}: it was given ${given} only.`,
      outside.length === subnets.value.length
        ? `Run the application in ${given}, or edit the connection's VPC CIDR to the one that the application uses.`
        : `Run the application in ${given}. Another VPC CIDR of the connection would cut off what runs there.`,
    )
  }
  return stop(
    "not-checked",
    `${outside.length} of ${count} lie outside ${given}, which Atlas routes back to: ${listFew(outside.map((one) => one.id))}.`,
    `Check that the application runs in ${given}.`,
  )
}

/** Tells if Atlas takes a CIDR. Pods are often in one of 100.64.0.0/10, which it doesn't, and leave it with the address of their machine. */
function mayBeGiven(block: string): boolean {
  const cidr = parseCidr(block)
  return cidr !== null && isPrivateCidr(cidr)
}

/** Without both attributes the cluster's standard name resolves to its public addresses. Custom DNS adds a private one. */
function checkDns(way: Way<AwsPeer>): Stop {
  const dns = findFresh(way, "dns")
  if (dns === null) return toNotChecked(way, "dns", "aws-dns", "dns")
  const off = compact([!dns.value.support && "DNS resolution", !dns.value.hostnames && "DNS hostnames"])
  const stop = createStop("dns", "aws-dns", toBasis(dns))
  if (off.length === 0)
    return stop(
      "proven",
      "DNS resolution and DNS hostnames are on. DHCP options with other DNS servers aren't read.",
    )
  if (way.customDns === true)
    return stop(
      "not-checked",
      `${off.join(" and ")} off in ${way.peer.vpcId}: with custom DNS, only the private string (-pri) resolves to private addresses.`,
      "Check that applications use the private connection string.",
    )
  return stop(
    "broken",
    `${off.join(" and ")} off in ${way.peer.vpcId}: the cluster's name resolves to public addresses.`,
    `Switch ${off.join(" and ")} on.`,
  )
}
