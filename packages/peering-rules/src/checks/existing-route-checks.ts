import { networkFields, type Check, type CloudRoute } from "@peering-desk/shared-schemas"
import { isUnread } from "#addresses/aws-vpc-rules.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { isWithin } from "#addresses/cidr-range.ts"
import { arePeersKnown, listPeeredRanges } from "#draft/draft-facts.ts"
import { readComparableBlock, readValue, type DraftReading } from "#draft/parse-draft.ts"
import { compact } from "#formats/compact.ts"
import { nameSome } from "#formats/phrases.ts"
import { createCheck, toBasedOnLookUp } from "./check.ts"

/** A route that exists beside the one to Atlas, with its table. */
interface ExistingRoute extends CloudRoute {
  table: string
  /** By the longest prefix: an equal or narrower one keeps its traffic, a broader one loses the part for Atlas. */
  takes: "all" | "part" | "none"
}

/** Checks the container against routes that the network has already. They make no peering fail, but take its traffic. */
export function checkExistingRoutes(reading: DraftReading): Check[] {
  const block = readComparableBlock(reading)
  if (block === null) return []
  const { known } = reading
  const { providerName } = reading.draft
  const name = readValue(reading, networkFields[providerName]) ?? ""
  const tables = known?.routeTables
  const field = reading.isNew ? "atlasCidrBlock" : "containerId"
  const check = createCheck("existing-routes", { field, basedOn: toBasedOnLookUp(tables) })
  if (tables === undefined || known === null) return [check.unchecked(`Routes of ${name} not checked`)]
  const own = [...(known.addresses?.value ?? []), ...(arePeersKnown(known) ? listPeeredRanges(known) : [])]
  const found = tables.value
    .flatMap(({ id, routes }) => routes.map((route) => ({ ...route, table: id })))
    .filter(({ to, target }) => target !== "local" && !own.includes(to))
    .flatMap((route) => {
      const takes = compareWith(block, route)
      return takes === "none" ? [] : { ...route, takes }
    })
  const narrow = found.filter(({ takes }) => takes === "all")
  if (narrow.length > 0) {
    const so =
      providerName === "GCP"
        ? "Google Cloud may refuse the peering"
        : "Traffic to these addresses doesn't reach Atlas while it exists"
    return [check.amber(`${sayRoutes(narrow)}. ${so}`)]
  }
  const unread = tables.value.find(({ routes }) => routes.some(isUnread))
  if (unread !== undefined) {
    const list = unread.routes.find(isUnread)?.to
    return [check.unchecked(`The prefix list ${list} of ${unread.id} wasn't read. Its routes not checked`)]
  }
  if (found.length > 0)
    return [check.note(`${sayRoutes(found)}. A route for ${block} takes its part of that traffic`)]
  return [check.green(`No route of ${name} takes traffic for ${block}`)]
}

function compareWith(block: string, { to, state }: CloudRoute): ExistingRoute["takes"] {
  // Of routes that lead nowhere, the script of the runbook replaces an equal one, and a narrower one drops its traffic.
  if (state === "blackhole") return to !== block && isWithin(to, block) ? "all" : "none"
  // A default route is broader than any, and every network has one.
  if (to === "0.0.0.0/0" || !isOverlapping(to, block)) return "none"
  return isWithin(to, block) ? "all" : "part"
}

function sayRoutes(routes: readonly ExistingRoute[]): string {
  return nameSome([...new Set(routes.map(({ table, to, target }) => `${table} sends ${to} to ${target}`))])
}

/** Checks the attributes without which names of Atlas resolve to public addresses in a VPC (AWS: DNS attributes for your VPC). */
export function checkDns(reading: DraftReading): Check[] {
  const vpcId = readValue(reading, "vpcId")
  if (reading.draft.providerName !== "AWS" || vpcId === null) return []
  const dns = reading.known?.dns
  const check = createCheck("dns", { field: "vpcId", basedOn: toBasedOnLookUp(dns) })
  if (dns === undefined) return [check.unchecked(`DNS settings of ${vpcId} not checked`)]
  const { support, hostnames } = dns.value
  if (support && hostnames) return [check.green(`DNS resolution and hostnames are on in ${vpcId}`)]
  const off = compact([!support && "DNS resolution", !hostnames && "DNS hostnames"])
  const are = hostnames ? "is" : "are"
  const says = `${off.join(" and ")} ${are} off in ${vpcId}. Names of Atlas resolve to public addresses there`
  return [check.amber(says)]
}
