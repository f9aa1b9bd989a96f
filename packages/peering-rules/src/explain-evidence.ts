import { readStatus, type AtlasPeer, type Container, type PeeringRequest } from "@peering-desk/shared-schemas"
import { toCount } from "./check.ts"
import type { Act, Subject } from "./explanation.ts"
import { toTurnOf } from "./lifecycle.ts"
import { isSamePeering } from "./natural-key.ts"
import { isUnfinished } from "./quota.ts"
import { findOverlaps, nameBlocks, toTakenBlocks } from "./taken-blocks.ts"

/** The blocks of the container, or of its connections, that the asked one meets. */
export function toOverlapEvidence({ request, here }: Subject, among: "containers" | "peers"): string[] {
  if (request?.providerName !== "AWS" || here === null) return []
  const only = {
    ...here,
    containers: among === "containers" ? here.containers.filter(isOf(request)) : [],
    peers:
      among === "peers" ? here.peers.filter(({ containerId }) => containerId === request.containerId) : [],
  }
  const met = findOverlaps(request.routeTableCidrBlock, [toTakenBlocks(only)])
  return met.length === 0
    ? []
    : [`${request.routeTableCidrBlock} overlaps ${nameBlocks(met)} in ${here.project.name}`]
}

const isOf = (request: PeeringRequest) => (container: Container) =>
  container.id === request.containerId && container.providerName === request.providerName

/** The connection that joins the same two networks already. */
function findTwin({ request, here }: Subject): AtlasPeer | null {
  if (request === null) return null
  return here?.peers.find((peer) => isSamePeering(request, peer)) ?? null
}

export function toTwinEvidence(subject: Subject): string[] {
  const twin = findTwin(subject)
  return twin === null ? [] : [`Connection ${twin.id} joins them: ${readStatus(twin) ?? "no status known"}`]
}

export function openTwin(subject: Subject): Act | null {
  const twin = findTwin(subject)
  return twin === null ? { kind: "look-again" } : { kind: "open-connection", peerId: twin.id }
}

/** How many connections the project has, and how many are unfinished. */
export function toQuotaEvidence({ here }: Subject): string[] {
  if (here === null) return []
  const failed = here.peers.filter((peer) => toTurnOf(peer) === "failed").length
  const unfinished = here.peers.filter(isUnfinished).length
  return [
    `${here.project.name} has ${toCount(here.peers.length, "connection")}: ${unfinished} unfinished, ${failed} failed`,
  ]
}

/** What lives in the container that the request names. */
export function toContainerEvidence({ request, here }: Subject): string[] {
  if (request === null || here === null) return []
  const container = here.containers.find(isOf(request))
  if (container === undefined)
    return [`${here.project.name} has no container ${request.containerId} on this cloud`]
  const peers = here.peers.filter(({ containerId }) => containerId === container.id).length
  return [`${container.atlasCidrBlock ?? container.id} holds ${toCount(peers, "connection")}`]
}

/** The address that Atlas saw, which is in its own words and nowhere else. */
export function toAddressEvidence({ refusal }: Subject): string[] {
  const seen = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/.exec(refusal.detail ?? "")?.[0]
  return seen === undefined ? [] : [`Atlas saw this server at ${seen}`]
}

/** The field that Atlas's words name, if the request has it. */
function toNamedField({ refusal, request }: Subject): string | null {
  const fields = Object.keys(request ?? {})
  return fields.find((name) => new RegExp(`\\b${name}\\b`).test(refusal.detail ?? "")) ?? null
}

export function correctNamedField(subject: Subject): Act | null {
  const field = toNamedField(subject)
  return field === null ? null : { kind: "correct-field", field }
}

/** What was filled in for the field that Atlas names. */
export function toFieldEvidence(subject: Subject): string[] {
  const field = toNamedField(subject)
  const value: unknown = field === null ? undefined : Reflect.get(subject.request ?? {}, field)
  return typeof value === "string" ? [`${field} was sent as ${value === "" ? "nothing" : value}`] : []
}
