import {
  findContainerOf,
  isInContainer,
  newContainerMark,
  readContainerRegion,
  readStatus,
  type AtlasPeer,
  type Container,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import { nameContainer, toCount } from "#formats/phrases.ts"
import { findContainerInPlace } from "#draft/container-place.ts"
import type { Act, Subject } from "./explanation.ts"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"
import { isSameNetwork, isSamePeering } from "#draft/natural-key.ts"
import { isUnfinished } from "#draft/quota.ts"
import { findOverlaps, nameBlocks, toTakenBlocks } from "#draft/taken-blocks.ts"

/** Finds the container it is about: the chosen one, or the one to delete. */
function findContainer({ request, container, here }: Subject): Container | null {
  if (container !== undefined && "id" in container) return container
  return request === undefined ? null : findContainerOf(request, here?.containers)
}

function listPeersIn(container: Container, here: ProjectAddresses): AtlasPeer[] {
  return here.peers.filter((peer) => isInContainer(container, peer))
}

/** `6b05d936ec296aab47d835d5 (AVAILABLE)`. */
function namePeer(peer: AtlasPeer): string {
  return `${peer.id} (${readStatus(peer) ?? "no status"})`
}

/** Names the peerings in the container. */
export function toContainerEvidence(subject: Subject): string[] {
  const { request, here } = subject
  if (here === null) return []
  const container = findContainer(subject)
  if (container === null)
    return request === undefined || request.containerId === newContainerMark
      ? []
      : [`${here.project.name} has no container ${request.containerId} on this cloud`]
  const peers = listPeersIn(container, here)
  const named = peers.slice(0, 5).map(namePeer)
  const more = peers.length > named.length ? ` and ${peers.length - named.length} more` : ""
  const which = named.length === 0 ? "" : `: ${named.join(", ")}${more}`
  return [
    `${container.atlasCidrBlock ?? container.id} in ${here.project.name} has ${toCount(peers.length, "connection")}${which}`,
  ]
}

/** Names the container that already serves the requested place. */
export function toTakenPlaceEvidence({ container, here }: Subject): string[] {
  if (container === undefined || here === null) return []
  const region = readContainerRegion(container)
  const found = findContainerInPlace(here.containers, container.providerName, region)
  return found === null ? [] : [`${here.project.name} has ${nameContainer(found)}, id ${found.id}`]
}

/** Names what the requested block overlaps: other VPCs of the container, or Atlas's own blocks. */
export function toOverlapEvidence(subject: Subject, among: "containers" | "peers"): string[] {
  const { request, container, peer, here } = subject
  const asked = request?.providerName === "AWS" ? request.routeTableCidrBlock : container?.atlasCidrBlock
  if (asked == null || here === null) return []
  const chosen = findContainer(subject)
  const isOther = (one: AtlasPeer) =>
    one.id !== peer?.id && (chosen === null || one.containerId === chosen.id)
  const only = {
    ...here,
    containers: among === "peers" ? [] : chosen === null ? here.containers : [chosen],
    peers: among === "peers" ? here.peers.filter(isOther) : [],
  }
  const overlapping = findOverlaps(asked, [toTakenBlocks(only)])
  return overlapping.length === 0
    ? []
    : [`${asked} overlaps ${nameBlocks(overlapping)} in ${here.project.name}`]
}

/** Finds the peering that already joins these two networks, or this network with another container. */
function findDuplicate({ request, here }: Subject): AtlasPeer | null {
  if (request === undefined) return null
  const peers = here?.peers ?? []
  const same = peers.find((one) => isSamePeering(request, one))
  return same ?? peers.find((one) => isSameNetwork(request, one)) ?? null
}

export function toTwinEvidence(subject: Subject): string[] {
  const twin = findDuplicate(subject)
  return twin === null ? [] : [`Connection ${twin.id}: ${readStatus(twin) ?? "no status"}`]
}

export function openDuplicate(subject: Subject): Act {
  const twin = findDuplicate(subject)
  return twin === null ? { kind: "open-connections" } : { kind: "open-connection", peerId: twin.id }
}

/** Gives the last seen state of the peering to change. */
export function toStateEvidence({ peer, here }: Subject): string[] {
  const now = here?.peers.find(({ id }) => id === peer?.id) ?? peer
  return now === undefined ? [] : [`Last seen: connection ${namePeer(now)}`]
}

/** Counts the project's peerings, unfinished and failed. */
export function toQuotaEvidence({ here }: Subject): string[] {
  if (here === null) return []
  const failed = here.peers.filter((peer) => getWaitingOn(peer) === "failed").length
  const unfinished = here.peers.filter(isUnfinished).length
  return [
    `${here.project.name} has ${toCount(here.peers.length, "connection")}: ${unfinished} unfinished, ${failed} failed`,
  ]
}

export function toProjectEvidence({ here }: Subject): string[] {
  return here === null ? [] : [`Project ${here.project.name}, ${here.project.id}`]
}

/** Says if peering-only mode is on, and from where the project peers on Azure. */
export function toModeEvidence({ here }: Subject): string[] {
  if (here === null) return []
  const mode = here.privateIpMode === null ? [] : [`Peering-only mode: ${here.privateIpMode ? "on" : "off"}`]
  const regions = here.containers
    .filter((one) => one.providerName === "AZURE" && listPeersIn(one, here).length > 0)
    .map((one) => readContainerRegion(one) ?? one.id)
  const where = regions.length === 0 ? [] : [`Azure connections use ${regions.join(", ")}`]
  return [...mode, ...where]
}

/** Counts the working AWS peerings; a security group is only allowed with one. */
export function toAwsEvidence({ here }: Subject): string[] {
  if (here === null) return []
  const working = here.peers.filter((one) => one.providerName === "AWS" && getWaitingOn(one) === "works")
  return [`${here.project.name} has ${toCount(working.length, "available AWS connection")}`]
}

/** Gives the address that Atlas saw; only its own words have it. */
export function toAddressEvidence({ refusal }: Subject): string[] {
  const seen = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/.exec(refusal.detail ?? "")?.[0]
  return seen === undefined ? [] : [`Atlas saw this server at ${seen}`]
}
