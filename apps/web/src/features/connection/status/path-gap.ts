import { computeExpiry, getWaitingOn, type Path, type WaitingOn } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import { formatTimeLeft, formatUsual } from "#copy/state-summary.ts"
import { getUsualTime, type UsualTimes } from "#shared/inventory/usual-times.ts"
import type { PathGap } from "#shared/path/PathPicture.tsx"
import { formatMoment } from "#ui/time/times.ts"

interface Times {
  /** Milliseconds since 1970. */
  now: number
  usualTimes: UsualTimes
}

/** The words above the gap by whom the peering waits on. */
const aboves: Record<WaitingOn, (peering: Peering, path: Path, times: Times) => PathGap["above"]> = {
  you: (peering, _path, { now }) => {
    const left = formatTimeLeft(computeExpiry(peering), now)
    if (left !== null) return { words: left, tone: "you", icon: "clock" }
    return { words: peering.peer.providerName === "AWS" ? "Waiting" : "No deadline", tone: "you" }
  },
  atlas: (peering, _path, { usualTimes }) => ({
    words: formatUsual(getUsualTime(usualTimes, peering)) ?? "In progress",
    tone: "atlas",
  }),
  works: (_peering, path) => ({
    words: path.stops.every(({ state }) => state === "proven") ? "Connected" : "Available in Atlas",
    tone: "works",
    icon: "works",
  }),
  failed: ({ leftAvailableAt }, _path, { now }) =>
    leftAvailableAt === null
      ? { words: "Failed", tone: "failed", icon: "failed" }
      : { words: `Was available until ${formatMoment(leftAvailableAt, now)}`, tone: "failed" },
  closing: () => ({ words: "Deleting", tone: "closing" }),
  unknown: () => ({ words: "Unknown status", tone: "unknown" }),
}

/** Builds the words at the gap: how the peering stands, and AWS's id of it. */
export function toPathGap(
  peering: Peering,
  path: Path,
  { isGone, staleAt, ...times }: Times & { isGone: boolean; staleAt: string | null },
): PathGap {
  const { peer } = peering
  const below = peer.providerName === "AWS" ? peer.connectionId || null : null
  if (isGone) return { above: { words: "Deleted", tone: "closing" }, below }
  if (staleAt === null) return { above: aboves[getWaitingOn(peer)](peering, path, times), below }
  return { above: { words: `Status at ${formatMoment(staleAt, times.now)}`, tone: "unknown" }, below }
}
