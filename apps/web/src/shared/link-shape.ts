import { getWaitingOn, goodPaths, toFailure } from "@peering-desk/peering-rules"
import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import type { LinkShape } from "#ui/marks/link-shape.ts"

/**
 * Returns the shape of a connection's link.
 * @param isGone Atlas no longer lists it
 */
export function getLinkShape(peer: AtlasPeer, isGone: boolean): LinkShape {
  if (isGone) return "deleted"
  switch (getWaitingOn(peer)) {
    case "atlas": {
      const path: readonly (string | null)[] = goodPaths[peer.providerName]
      return path.indexOf(readStatus(peer)) > 0 ? "finalizing" : "requesting"
    }
    case "you":
      return "waiting"
    case "works":
      return "available"
    case "failed":
      return getBrokenShape(peer)
    case "closing":
      return "deleting"
    case "unknown":
      return "unknown"
  }
}

function getBrokenShape(peer: AtlasPeer): LinkShape {
  const { cause, side } = toFailure(peer)
  if (cause === "ids-do-not-match" || cause === "network-deleted") return "not-found"
  if (cause === "overlapping-cidr" || side === "unknown") return "failed-between"
  return side === "yours" ? "failed-yours" : "failed-atlas"
}
