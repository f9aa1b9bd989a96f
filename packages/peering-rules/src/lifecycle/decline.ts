import type { Declined, Peering } from "@peering-desk/shared-schemas"
import { getStatusWaitingOn } from "./lifecycle.ts"

/**
 * Returns the owner's decline while it holds. It does not where Atlas had the acceptance already, nor once a later status shows that the
 * request was accepted after all, or requested again.
 */
export function toOpenDecline(
  declined: Declined | undefined,
  { peer, history }: Pick<Peering, "peer" | "history">,
): Declined | undefined {
  if (declined === undefined) return undefined
  const getTurn = (status: string | null) => getStatusWaitingOn(peer.providerName, status)
  const before = history.findLast(({ at }) => at <= declined.at)?.status ?? null
  const isOver =
    before === "FINALIZING" ||
    getTurn(before) === "works" ||
    history.some(({ status, at }) => at > declined.at && ["atlas", "works"].includes(getTurn(status)))
  return isOver ? undefined : declined
}

/** Returns whether the owner declined a request that still waits for them. */
export function isDeclined({ turn, declined }: { turn: string; declined?: Declined | undefined }): boolean {
  return declined !== undefined && (turn === "you" || turn === "atlas")
}
