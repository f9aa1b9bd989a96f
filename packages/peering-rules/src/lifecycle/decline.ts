import type { Declined, Peering } from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "./lifecycle.ts"

/**
 * Returns the owner's decline while it holds: a later status at which Atlas is at work, or available, means that the request was accepted
 * after all, or requested again.
 */
export function toOpenDecline(
  declined: Declined | undefined,
  { peer, history }: Pick<Peering, "peer" | "history">,
): Declined | undefined {
  if (declined === undefined) return undefined
  const isOver = history.some(({ status, at }) => {
    const waitingOn = getStatusWaitingOn(peer.providerName, status)
    return at > declined.at && (waitingOn === "atlas" || waitingOn === "works")
  })
  return isOver ? undefined : declined
}

/** Returns whether the owner declined a request that still waits for them. */
export function isDeclined({ turn, declined }: { turn: string; declined?: Declined | undefined }): boolean {
  return declined !== undefined && (turn === "you" || turn === "atlas")
}
