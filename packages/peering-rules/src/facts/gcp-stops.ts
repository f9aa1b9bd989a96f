import type { CloudPeering, GcpPeer } from "@peering-desk/shared-schemas"
import { isWithin } from "#addresses/cidr-range.ts"
import { atlasPorts } from "#runbook/runbook-step.ts"
import { listFew, peeringTarget } from "./describe-fact.ts"
import { computeAtlasPassage, computePassage, toAtlasTraffic } from "./passage.ts"
import {
  byAtlas,
  byNothing,
  checkSubnets,
  createStop,
  findFresh,
  findOverlap,
  findPeeringsSince,
  getAtlasCidr,
  sayWhy,
  toBasis,
  toNotChecked,
  type Stop,
  type Way,
} from "./stop.ts"

const range = `${atlasPorts.first}–${atlasPorts.last}`

/** Lists the stops of a Google Cloud connection, from the application to the cluster. */
export function listGcpStops(way: Way<GcpPeer>): Stop[] {
  const peering = checkPeering(way)
  const isPeered = peering.state === "proven"
  const application = checkSubnets(way, way.peer.networkName)
  return [application, checkRoute(way, isPeered), checkFirewall(way), peering]
}

/** Routes come with the peering. A route of the network that is as narrow, or narrower, wins. */
function checkRoute(way: Way<GcpPeer>, isPeered: boolean): Stop {
  const tables = findFresh(way, "routeTables")
  const shadow = findStaticRoute(way)
  const cidr = getAtlasCidr(way)
  const stop = createStop("route", null, toBasis(tables))
  if (shadow !== null)
    return stop(
      "broken",
      `A route of ${way.peer.networkName} leads ${shadow.to} to ${shadow.target}, within ${cidr}.`,
      `If nothing else needs it, delete the route for ${shadow.to}.`,
    )
  if (!isPeered) return stop("later", "Routes come with the peering.", null, byNothing)
  if (tables === null) return toNotChecked(way, "route", null, "routeTables")
  return stop("proven", `No route takes ${cidr} from the peering. Policy-based routes aren't read.`)
}

function findStaticRoute(way: Way<GcpPeer>): { to: string; target: string } | null {
  const tables = findFresh(way, "routeTables")
  if (tables === null) return null
  const routes = tables.value.flatMap((table) => table.routes)
  return (
    routes.find(({ to, target }) => {
      const isStatic = target !== "local" && !target.startsWith(peeringTarget)
      return isStatic && isWithin(to, getAtlasCidr(way))
    }) ?? null
  )
}

function checkFirewall(way: Way<GcpPeer>): Stop {
  const stepId = "gcp-firewall"
  const cidr = getAtlasCidr(way)
  const firewalls = findFresh(way, "firewalls")
  if (firewalls === null || cidr === "") return toNotChecked(way, "firewall", stepId, "firewalls")
  const stop = createStop("firewall", stepId, toBasis(firewalls))
  const ofAll = firewalls.value.filter((one) => one.name === null).flatMap((one) => one.rules)
  const ofSome = firewalls.value.filter((one) => one.name !== null)
  const passage = computeAtlasPassage(ofAll, cidr, true)
  const isOpen = passage !== "none"
  const differing = ofSome.filter(
    ({ rules }) => computePassage(rules, toAtlasTraffic(cidr, isOpen)) !== (isOpen ? "all" : "none"),
  )
  const [first] = differing
  if (first !== undefined)
    return stop(
      "not-checked",
      `${listFew(differing.map((one) => one.id))} ${isOpen ? "denies" : "allows"} ${range} out to ${cidr} for ${first.name}.`,
      `Does the application run on machines with ${first.name}?`,
    )
  if (passage === "all")
    return stop(
      "proven",
      `No VPC firewall rule denies ${range} out to ${cidr}. Firewall policies aren't read.`,
    )
  if (passage === "part") {
    const main = { ...toAtlasTraffic(cidr, true), from: atlasPorts.last }
    const isMainOpen = computePassage(ofAll, main) === "all"
    return stop(
      "not-checked",
      `A rule of ${way.peer.networkName} denies some of ${range} out to ${cidr}${isMainOpen ? ", but not 27017" : ""}.`,
      "Does the application need what it denies?",
    )
  }
  return stop(
    "broken",
    `A rule of ${way.peer.networkName} denies ${range} out to ${cidr}.`,
    `Allow TCP ${range} out to ${cidr}, with a priority below the rule that denies.`,
  )
}

function checkPeering(way: Way<GcpPeer>): Stop {
  const { peer } = way
  const listed = findPeeringsSince(way)
  const own = listed?.value.find((one) => isOwn(one, way)) ?? null
  const stop = createStop("peering", "gcp-peer-back", byAtlas)
  if (peer.status === "DELETING")
    return stop("broken", "Atlas is deleting the connection.", "Create it again when it is gone.")
  if (peer.status === "AVAILABLE" && isKnownByAtlasAlone(way, listed))
    return stop("proven", "The peering is available in Atlas.")
  if (peer.status !== "FAILED" && own?.state === "ACTIVE")
    return stop("proven", `${own.id} is ACTIVE.`, null, toBasis(listed))
  return findConflict(way) ?? checkHalves(way, listed, own)
}

type Listed = ReturnType<typeof findPeeringsSince>

/** Tells if the network's list of peerings can't confirm or contradict Atlas's status. */
function isKnownByAtlasAlone({ container }: Way<GcpPeer>, listed: Listed): boolean {
  return listed === null || container?.providerName !== "GCP" || container.networkName == null
}

/** Builds the stop of a peering that isn't active: a half is missing, or doesn't match. */
function checkHalves({ peer, container }: Way<GcpPeer>, listed: Listed, own: CloudPeering | null): Stop {
  const stop = createStop("peering", "gcp-peer-back", byAtlas)
  const back =
    container?.providerName === "GCP"
      ? `${container.gcpProjectId}/${container.networkName}`
      : "Atlas's network"
  const create = `Create the peering with ${back}.`
  switch (peer.status) {
    case "FAILED":
      return stop(
        "broken",
        sayWhy("The peering failed", peer.errorMessage),
        "Correct the cause, delete this connection and create it again.",
      )
    case "AVAILABLE":
      return own === null
        ? stop("broken", `${peer.networkName} has no peering with ${back} any more.`, create, toBasis(listed))
        : stop(
            "broken",
            `${own.id} is ${own.state}.`,
            "Check Atlas's half: delete this connection and create it again.",
            toBasis(listed),
          )
    case "WAITING_FOR_USER":
      if (own !== null)
        return stop(
          "waiting",
          `${own.id} is ${own.state}: the other half doesn't match yet.`,
          "Wait for Atlas to see it.",
          toBasis(listed),
        )
      return listed === null
        ? stop("waiting", `${peer.networkName} has to peer back with ${back}.`, create)
        : stop("waiting", `${peer.networkName} has no peering with ${back}.`, create, toBasis(listed))
    case "ADDING_PEER":
      return stop("waiting", "Atlas is making its half of the peering.")
    default:
      return stop("not-checked", `Atlas's status ${peer.status ?? "is missing"}.`)
  }
}

function isOwn({ network }: CloudPeering, { container }: Way<GcpPeer>): boolean {
  return (
    container?.providerName === "GCP" &&
    network.endsWith(`/projects/${container.gcpProjectId}/global/networks/${container.networkName}`)
  )
}

/** Google Cloud refuses an overlap with subnets, with other peers and their service ranges, and with static routes within. */
function findConflict(way: Way<GcpPeer>): Stop | null {
  const addresses = findFresh(way, "addresses")
  const peerings = findFresh(way, "peerings")
  const services = findFresh(way, "serviceRanges")
  const others = peerings?.value.filter((one) => !isOwn(one, way)) ?? []
  return findOverlap(
    way,
    createStop("peering", "gcp-peer-back", byAtlas),
    "Use a container whose CIDR overlaps none of these.",
    [
      [addresses?.value, `of ${way.peer.networkName}`, addresses],
      ...others.map(({ id, ranges }) => [ranges, `of the peering ${id}`, peerings] as const),
      [services?.value, "of Private Service Access", services],
    ],
  )
}
