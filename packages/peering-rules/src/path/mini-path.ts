import {
  toContainerKey,
  type InventoryPeering,
  type InventoryProject,
  type ProviderName,
  type SeenStops,
} from "@peering-desk/shared-schemas"
import { isBroken } from "#lifecycle/broken.ts"
import { isDeclined } from "#lifecycle/decline.ts"
import type { WaitingOn } from "#lifecycle/lifecycle.ts"
import type { PathState, PathStop } from "./path-stop.ts"

/** What a list knows of a connection's project. */
type Listed = Pick<InventoryProject, "listed" | "running">

/** A stop of a small path. */
export type MiniStop = Pick<PathStop, "id" | "state">

const ownStops: Record<ProviderName, readonly PathStop["id"][]> = {
  AWS: ["application", "route", "firewall", "dns"],
  GCP: ["application", "route", "firewall"],
  AZURE: ["application", "route", "firewall", "role"],
}

const peeringStates: Record<WaitingOn, PathState> = {
  atlas: "in-progress",
  you: "waiting",
  works: "proven",
  failed: "broken",
  closing: "later",
  unknown: "not-checked",
}

const noneSeen: Pick<SeenStops, "broken" | "proven"> = { broken: [], proven: [] }

/**
 * Builds the small path of a row, from what lists know: Atlas's status, what facts showed last, and the project's own lists. It needs
 * none of the rules that read facts, which the first page would load with it.
 */
export function toMiniPath(
  { peer, declined, broken, seen, turn }: InventoryPeering,
  { listed, running }: Listed,
  now: number,
): MiniStop[] {
  const peering = isDeclined({ turn, declined })
    ? "broken"
    : (peeringStates[turn as WaitingOn] ?? "not-checked")
  const fresh = seen !== undefined && now < Date.parse(seen.until) ? seen : noneSeen
  const brokenStop = broken !== undefined && isBroken({ turn, broken }) ? broken.stop : null
  const toOwn = (id: PathStop["id"]): PathState => {
    if (id === brokenStop) return "broken"
    // Their routes come with the acceptance.
    if (id === "route" && peer.providerName !== "AZURE" && peering !== "proven") return "later"
    if (id === "role" && peering === "proven") return "proven"
    if (fresh.broken.includes(id)) return "broken"
    return fresh.proven.includes(id) ? "proven" : "not-checked"
  }
  const stops: MiniStop[] = [
    ...ownStops[peer.providerName].map((id) => ({ id, state: toOwn(id) })),
    { id: "peering", state: peering },
    { id: "access-list", state: toListed(peer, listed) },
    { id: "cluster", state: toRunning(peer, running) },
  ]
  return turn === "closing" ? stops.map(({ id }) => ({ id, state: "later" })) : stops
}

function toListed(peer: InventoryPeering["peer"], listed: readonly string[] | null): PathState {
  if (listed === null || peer.providerName !== "AWS" || !peer.routeTableCidrBlock) return "not-checked"
  return listed.includes(peer.routeTableCidrBlock) ? "proven" : "waiting"
}

function toRunning(
  { providerName, containerId }: InventoryPeering["peer"],
  running: readonly string[] | null,
): PathState {
  if (running === null) return "not-checked"
  return running.includes(toContainerKey({ providerName, id: containerId ?? "" })) ? "proven" : "later"
}
