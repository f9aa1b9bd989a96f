import { readStatus, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { toFailure } from "@peering-desk/peering-rules"
import type { StateSummary } from "#copy/state-summary.ts"
import type { LinkShape } from "#ui/marks/link-shape.ts"

/** One line of a label; `mono` for ids, `icon` before its words. */
export interface LabelLine {
  words: string
  mono?: boolean
  icon?: "clock" | "works"
}

/** Words above and below a part of the link: its start is your network, its end Atlas. */
export interface LinkLabel {
  at: "start" | "middle" | "end"
  /** The state's own colour; a label without it is quiet. */
  isState?: boolean
  above: LabelLine | null
  below: LabelLine | null
}

interface Facts {
  shape: LinkShape
  summary: StateSummary
  /** `2 h 47 min left`; null without a deadline. */
  timeLeft: string | null
  /** `usually 2 min`; null when not known here. */
  usual: string | null
  /** When a deleted connection went; null while it is listed. */
  goneAt: string | null
  /** Set when the state is an old one: the time of it. */
  staleAt: string | null
}

/** Lists the words on the link, which say what it draws. */
export function buildLinkLabels(peer: AtlasPeer, container: Container | null, facts: Facts): LinkLabel[] {
  const { shape, summary, usual, goneAt, staleAt } = facts
  const id = toPeeringId(peer)
  const middle = (above: string, below: LabelLine | null, icon?: LabelLine["icon"]): LinkLabel[] => [
    { at: "middle", isState: true, above: { words: above, ...(icon && { icon }) }, below },
  ]
  if (staleAt !== null) return middle(`As of ${staleAt}`, { words: `${summary.title} then` })
  const detail = summary.below === null ? null : { words: summary.below }
  switch (shape) {
    case "requesting":
      return middle("Requesting", { words: usual ?? "In progress at Atlas" })
    case "finalizing":
      return middle("Finalizing", { words: usual ?? "In progress at Atlas" })
    case "waiting":
      return toWaiting(peer, container, facts)
    case "available":
      return middle("Connected", id, "works")
    case "failed-yours":
    case "not-found":
      return [
        { at: "start", isState: true, above: { words: summary.title }, below: detail },
        {
          at: "end",
          above: id,
          below: toFailure(peer).cause === "expired" ? { words: "Dropped by AWS" } : null,
        },
      ]
    case "failed-atlas":
      return [{ at: "end", isState: true, above: { words: summary.title }, below: detail }]
    case "failed-between":
      return middle(summary.title, detail)
    case "deleting":
      return middle("Deleting", usual === null ? null : { words: usual })
    case "deleted":
      return middle("Deleted", goneAt === null ? null : { words: goneAt })
    case "unknown":
      return middle("Unknown status", { words: readStatus(peer) ?? "not given", mono: true })
  }
}

function toWaiting(peer: AtlasPeer, container: Container | null, { timeLeft, summary }: Facts): LinkLabel[] {
  const isAws = peer.providerName === "AWS"
  const isReady = isAws || (container?.providerName === "GCP" && container.networkName != null)
  return [
    {
      at: "start",
      isState: true,
      above: isAws ? timeLeft && { words: timeLeft, icon: "clock" } : { words: "No deadline" },
      below: {
        words:
          summary.tone === "failed"
            ? summary.title
            : isAws
              ? "Waiting for the owner"
              : "Waiting for your peering",
      },
    } as LinkLabel,
    {
      at: "end",
      above: toPeeringId(peer),
      below: { words: isReady ? "Atlas's side is ready" : "Atlas's side in progress" },
    },
  ]
}

/** Returns AWS's id of the peering; other clouds have none. */
function toPeeringId(peer: AtlasPeer): LabelLine | null {
  return peer.providerName === "AWS" && peer.connectionId ? { words: peer.connectionId, mono: true } : null
}
