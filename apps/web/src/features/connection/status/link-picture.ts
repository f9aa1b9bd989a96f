import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { goodPaths, toFailure, getWaitingOn, type Failure } from "@peering-desk/peering-rules"

/**
 * The shape of the link between the two networks.
 * - `asking`: Atlas reaches out; `joining`: your side is done, Atlas finishes
 * - `waiting`: Atlas's side is done, yours is open; `joined`: one line
 * - `broken-…`: where it broke; `removing`; `gone`: Atlas no longer lists it; `unknown`: drawn as nothing in particular
 */
type LinkShape =
  | "asking"
  | "joining"
  | "waiting"
  | "joined"
  | "broken-yours"
  | "broken-atlas"
  | "broken-between"
  | "removing"
  | "gone"
  | "unknown"

export interface LinkPicture {
  shape: LinkShape
  caption: string
}

/** The picture of a connection's state. */
export function toLinkPicture(peer: AtlasPeer, isGone: boolean): LinkPicture {
  if (isGone) return { shape: "gone", caption: "no longer in Atlas" }
  const status = readStatus(peer)
  switch (getWaitingOn(peer)) {
    case "atlas": {
      const path: readonly (string | null)[] = goodPaths[peer.providerName]
      if (path.indexOf(status) > 0) return { shape: "joining", caption: "Atlas joins both sides" }
      return {
        shape: "asking",
        caption: peer.providerName === "AWS" ? "Atlas asks your account" : "Atlas builds its side",
      }
    }
    case "you":
      return {
        shape: "waiting",
        caption: peer.providerName === "AWS" ? "waits for your account" : "waits for your project",
      }
    case "works":
      return { shape: "joined", caption: "joined" }
    case "failed":
      return toBrokenLink(toFailure(peer))
    case "closing":
      return { shape: "removing", caption: "being removed" }
    case "unknown":
      return { shape: "unknown", caption: "state unknown" }
  }
}

const brokenCaptions: Record<Failure["cause"], string> = {
  rejected: "your account refused",
  expired: "nobody accepted in time",
  "ids-do-not-match": "no such VPC found",
  "overlapping-cidr": "the addresses overlap",
  "permission-withdrawn": "Atlas may not peer here",
  "network-deleted": "your network is gone",
  "removal-failed": "could not be removed",
  other: "broken",
}

const brokenShapes: Record<Failure["side"], LinkShape> = {
  yours: "broken-yours",
  atlas: "broken-atlas",
  unknown: "broken-between",
}

function toBrokenLink({ cause, side }: Failure): LinkPicture {
  return { shape: brokenShapes[side], caption: brokenCaptions[cause] }
}
