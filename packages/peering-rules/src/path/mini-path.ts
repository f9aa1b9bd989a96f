import type { Container, InventoryPeering, InventoryProject } from "@peering-desk/shared-schemas"
import { isBroken } from "#lifecycle/broken.ts"
import type { PathState, PathStop } from "./path-stop.ts"
import { buildPath } from "./path.ts"

/** What a list knows around a connection. */
export interface Listed extends Pick<InventoryProject, "listed" | "running"> {
  container: Container | null
}

/** A stop of a small path. */
export type MiniStop = Pick<PathStop, "id" | "state">

/** Builds the small path of a row, from what lists know: Atlas's status, what facts showed last, and the project's own lists. */
export function toMiniPath(
  { peer, declined, broken, seen, turn }: InventoryPeering,
  { container, listed, running }: Listed,
  now: number,
): MiniStop[] {
  const { stops } = buildPath(
    { peer, declined, history: [] },
    { container, facts: null, checkedAt: null, now },
  )
  const isFresh = seen !== undefined && now < Date.parse(seen.until)
  const brokenStop = broken !== undefined && isBroken({ turn, broken }) ? broken.stop : null
  return stops.map(({ id, state }): MiniStop => {
    if (turn === "closing") return { id, state }
    if (id === brokenStop) return { id, state: "broken" }
    if (id === "access-list") return { id, state: toListed(peer, listed) }
    if (id === "cluster")
      return {
        id,
        state:
          running === null ? "not-checked" : running.includes(peer.containerId ?? "") ? "proven" : "later",
      }
    if (isFresh && state !== "later" && seen.proven.includes(id)) return { id, state: "proven" }
    return isFresh && seen.broken.includes(id) ? { id, state: "broken" } : { id, state }
  })
}

function toListed(peer: InventoryPeering["peer"], listed: readonly string[] | null): PathState {
  if (listed === null || peer.providerName !== "AWS" || !peer.routeTableCidrBlock) return "not-checked"
  return listed.includes(peer.routeTableCidrBlock) ? "proven" : "waiting"
}
