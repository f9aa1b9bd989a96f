import type { AwsPeer, CloudRoute, CloudRouteTable } from "@peering-desk/shared-schemas"
import { listFew } from "./describe-fact.ts"
import {
  byNothing,
  createStop,
  findFresh,
  getAtlasCidr,
  toBasis,
  toNotChecked,
  type Stop,
  type Way,
} from "./stop.ts"
import { findTarget, type TableFinding } from "./table-routes.ts"

/** A table that subnets use, and where it leads the Atlas CIDR. */
interface UsedTable {
  id: string
  subnets: readonly string[]
  finding: TableFinding
  /** It led to the peering before. */
  hasLed: boolean
}

/** Compares the tables that subnets use with the route that they need. Which subnets the application uses isn't known here. */
export function checkAwsRoute(way: Way<AwsPeer>, isPeered: boolean): Stop {
  const stepId = "aws-routes"
  const cidr = getAtlasCidr(way)
  const target = way.peer.connectionId ?? ""
  const tables = findFresh(way, "routeTables")
  const subnets = findFresh(way, "subnets")
  if (!isPeered) return createStop("route", stepId, byNothing)("later", "After acceptance.")
  const used = listUsed(tables?.value ?? [], subnets?.value ?? null).flatMap(
    ({ table, own }): UsedTable[] => {
      const finding = findTarget(table.routes, cidr, target)
      return finding === null || target === ""
        ? []
        : [{ id: table.id, subnets: own, finding, hasLed: table.led?.includes(target) === true }]
    },
  )
  if (tables === null || used.length === 0) return toNotChecked(way, "route", stepId, "routeTables")
  const stop = createStop("route", stepId, toBasis(tables, subnets))
  const right = used.filter(({ finding }) => finding.kind === "leads")
  const wrong = used.filter(({ finding }) => finding.kind !== "leads")
  const lost = wrong.filter(({ hasLed }) => hasLed)
  if (wrong.length === 0)
    return stop(
      "proven",
      `${listFew(right.map((one) => one.id))} ${right.length === 1 ? "leads" : "lead"} ${cidr} to ${target}.`,
      null,
      { fact: `${right.length} of ${used.length} ${used.length === 1 ? "table" : "tables"}` },
    )
  const inspected = lost.find(leadsToAppliance)
  if (right.length > 0 && inspected !== undefined && lost.every(leadsToAppliance))
    return stop(
      "not-checked",
      `${describe(inspected, cidr, target)} An appliance may lead it on.`,
      `Check that the appliance behind ${listFew(lost.map(({ id }) => id))} leads ${cidr} to ${target}.`,
    )
  const unclear = used.find(({ finding }) => finding.kind === "inactive" || finding.kind === "unread")
  if (unclear !== undefined)
    return stop(
      "not-checked",
      describe(unclear, cidr, target),
      "Run the script that reads the network again and paste its output.",
    )
  const [first = wrong[0]] = lost
  if (first === undefined) return toNotChecked(way, "route", stepId, "routeTables")
  if (right.length > 0 && lost.length === 0)
    return stop(
      "not-checked",
      `In ${right.length} of ${used.length} tables. ${describe(first, cidr, target)}`,
      `Which subnets need it? ${listFew(wrong.map(toUsers))}.`,
      { fact: `In ${right.length} of ${used.length} tables` },
    )
  const broken = lost.length > 0 ? lost : wrong
  const ids = broken.map(({ id }) => id)
  const fact = broken.length === 1 ? `Missing in ${first.id}` : `Missing in ${broken.length} tables`
  return stop("broken", describeAll(broken, cidr, target), toAct(first, cidr, target, ids), { fact })
}

/** Lists the tables that a subnet uses: the ones that name it, else the main one. Where no subnet is known, the main one counts. */
function listUsed(
  tables: readonly CloudRouteTable[],
  subnets: readonly { id: string }[] | null,
): { table: CloudRouteTable; own: readonly string[] }[] {
  const named = new Set(tables.flatMap((table) => table.subnets))
  const known = subnets === null || subnets.length === 0 ? null : subnets.map((subnet) => subnet.id)
  const rest = known?.filter((subnet) => !named.has(subnet)) ?? null
  return tables.flatMap((table) => {
    const own = [...table.subnets, ...(table.isMain ? (rest ?? []) : [])]
    return own.length > 0 || (table.isMain && rest === null) ? [{ table, own }] : []
  })
}

/** Tells if a route leads to the endpoint or interface of a firewall or a load balancer. */
function leadsToAppliance({ finding }: UsedTable): boolean {
  return (
    finding.kind === "elsewhere" &&
    finding.route.state === "active" &&
    /^(vpce|eni)-/.test(finding.route.target)
  )
}

function toUsers({ id, subnets }: UsedTable): string {
  return subnets.length === 0 ? id : `${listFew(subnets)} of ${id}`
}

const toWords = ({ to, target }: CloudRoute) => `${to} to ${target}`

/** Says the same of several tables once. */
function describeAll(broken: readonly UsedTable[], cidr: string, target: string): string {
  const isPlain = ({ finding }: UsedTable) => finding.kind === "missing" && finding.route === null
  if (broken.length > 1 && broken.every(isPlain))
    return `${listFew(broken.map(({ id }) => id))} have no route for ${cidr}.`
  return broken
    .slice(0, 3)
    .map((one) => describe(one, cidr, target))
    .join(" ")
}

function describe({ id, finding }: UsedTable, cidr: string, target: string): string {
  switch (finding.kind) {
    case "leads":
      return `${id} leads ${cidr} to ${target}.`
    case "inactive":
      return `${id} leads ${cidr} to ${target}, which wasn't active when it was read.`
    case "missing":
      return finding.route === null
        ? `${id} has no route for ${cidr}.`
        : `${id} has no route for ${cidr}, which follows ${toWords(finding.route)}.`
    case "elsewhere":
      return finding.route.state === "blackhole"
        ? `${id} leads ${toWords(finding.route)}, which is gone (blackhole).`
        : `${id} leads ${toWords(finding.route)}, not to ${target}.`
    case "narrow":
      return `The route ${toWords(finding.route)} of ${id} is too narrow: it leaves out ${finding.rest}.`
    case "shadowed":
      return `${id} leads ${toWords(finding.route)}, a narrower route than that to ${target}.`
    case "unread":
      return `${id} has a route for the prefix list ${finding.route.to}, which wasn't read.`
  }
}

function toAct({ id, finding }: UsedTable, cidr: string, target: string, ids: readonly string[]): string {
  if (finding.kind === "elsewhere" && finding.route.state === "blackhole")
    return `Replace the route for ${finding.route.to} in ${id} by one to ${target}.`
  if (finding.kind === "elsewhere")
    return `If nothing else needs it, change the route for ${finding.route.to} in ${id} to ${target}.`
  if (finding.kind === "shadowed")
    return `If nothing else needs it, remove the route for ${finding.route.to} from ${id}.`
  return `Add a route for ${cidr} to ${target} in ${listFew(ids)}.`
}
