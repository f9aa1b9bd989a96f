import { isWithin, readCidrRange } from "#addresses/cidr-range.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import type { AwsPeer } from "@peering-desk/shared-schemas"
import { checkAwsFirewall } from "./aws-firewall-stop.ts"
import { checkAwsPeering } from "./aws-peering-stop.ts"
import { checkAwsRoute } from "./aws-route-stop.ts"
import { toCount } from "#formats/phrases.ts"
import { listFew } from "./describe-fact.ts"
import { findFresh, toBasis, toNotChecked, type Stop, type Way } from "./stop.ts"

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
      ? {
          id,
          state: "proven",
          says: `All of ${way.peer.vpcId} is in ${given}, which Atlas routes back to.`,
          next: null,
          stepId: null,
          ...toBasis(addresses),
        }
      : toNotChecked(way, id, null, "subnets")
  const outside = subnets.value.filter(({ cidrs }) => !cidrs.every(isGiven))
  const basis = { id, stepId: null, ...toBasis(subnets, addresses) } as const
  const count = toCount(subnets.value.length, "subnet")
  if (outside.length === 0)
    return {
      ...basis,
      state: "proven",
      says: `${count} in ${given}, which Atlas routes back to.`,
      next: null,
    }
  const untold = (addresses?.value ?? []).find(
    (block) =>
      !isOverlapping(block, given) &&
      outside.some(({ cidrs }) => cidrs.some((cidr) => isOverlapping(block, cidr))),
  )
  if (untold !== undefined || outside.length === subnets.value.length) {
    const which = untold ?? outside[0]?.cidrs[0] ?? ""
    const says = `Atlas has no way back to ${which}, the CIDR of ${listFew(outside.map((one) => one.id))}: it was given ${given} only.`
    const next = `Run the application in ${given}, or edit the connection's VPC CIDR to the one that the application uses.`
    return { ...basis, state: "broken", says, next }
  }
  return {
    ...basis,
    state: "not-checked",
    says: `${outside.length} of ${count} lie outside ${given}, which Atlas routes back to: ${listFew(outside.map((one) => one.id))}.`,
    next: `Check that the application runs in ${given}.`,
  }
}

/** Without both attributes the cluster's name resolves to its public addresses. */
function checkDns(way: Way<AwsPeer>): Stop {
  const dns = findFresh(way, "dns")
  if (dns === null) return toNotChecked(way, "dns", "aws-dns", "dns")
  const off = [
    ...(dns.value.support ? [] : ["DNS resolution"]),
    ...(dns.value.hostnames ? [] : ["DNS hostnames"]),
  ]
  const basis = { id: "dns", stepId: "aws-dns", ...toBasis(dns) } as const
  if (off.length === 0)
    return { ...basis, state: "proven", says: "DNS resolution and DNS hostnames are on.", next: null }
  return {
    ...basis,
    state: "broken",
    says: `${off.join(" and ")} off in ${way.peer.vpcId}: the cluster's name resolves to public addresses.`,
    next: `Switch ${off.join(" and ")} on.`,
  }
}
