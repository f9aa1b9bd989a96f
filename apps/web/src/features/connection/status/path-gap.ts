import { computeExpiry, getWaitingOn, type Path } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import { formatTimeLeft, formatUsual } from "#copy/state-summary.ts"
import type { UsualTimes } from "#shared/inventory/usual-times.ts"
import type { PathGap } from "#shared/path/PathPicture.tsx"
import { formatMoment } from "#ui/time/times.ts"

/** Builds the words at the gap: how the peering stands, and AWS's id of it. */
export function toPathGap(
  peering: Peering,
  path: Path,
  {
    now,
    usualTimes,
    isGone,
    staleAt,
  }: { now: number; usualTimes: UsualTimes; isGone: boolean; staleAt: string | null },
): PathGap {
  const { peer, history, leftAvailableAt } = peering
  return {
    above: toAbove(),
    below: peer.providerName === "AWS" ? peer.connectionId || null : null,
  }

  function toAbove(): PathGap["above"] {
    if (isGone) return { words: "Deleted", tone: "closing" }
    if (staleAt !== null) return { words: `Status at ${formatMoment(staleAt, now)}`, tone: "unknown" }
    switch (getWaitingOn(peer)) {
      case "you": {
        const left = formatTimeLeft(computeExpiry(peering), now)
        return left === null
          ? { words: peer.providerName === "AWS" ? "Waiting" : "No deadline", tone: "you" }
          : { words: left, tone: "you", icon: "clock" }
      }
      case "atlas":
        return {
          words: formatUsual(usualTimes[history.at(-1)?.status ?? ""]) ?? "In progress",
          tone: "atlas",
        }
      case "works":
        return {
          words: path.stops.every(({ state }) => state === "proven") ? "Connected" : "Available in Atlas",
          tone: "works",
          icon: "works",
        }
      case "failed":
        return leftAvailableAt === null
          ? { words: "Failed", tone: "failed", icon: "failed" }
          : { words: `Was available until ${formatMoment(leftAvailableAt, now)}`, tone: "failed" }
      case "closing":
        return { words: "Deleting", tone: "closing" }
      case "unknown":
        return { words: "Unknown status", tone: "unknown" }
    }
  }
}
