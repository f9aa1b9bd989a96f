import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { goodPaths, getStatusWaitingOn, type WaitingOn } from "./lifecycle.ts"
import { toStatusSince } from "./status-since.ts"

/** One station on the way: a status word, whose turn it makes it, and when it was last seen to begin (ISO 8601), if it was. */
export interface Station {
  status: string
  turn: WaitingOn
  position: "done" | "now" | "ahead"
  at: string | null
}

/**
 * The stations of a connection: the good path while it is on it; what was passed and then where it ended once it has left
 * it. Nothing that was not seen is claimed: a connection found FAILED has no earlier stations with a time.
 */
export function toStations({ peer, history }: Peering): Station[] {
  const { providerName } = peer
  const status = readStatus(peer)
  const path: readonly string[] = goodPaths[providerName]
  const here = status === null ? -1 : path.indexOf(status)
  const lastBegun = (word: string) => history.findLast((entry) => entry.status === word)?.at ?? null
  const station = (word: string, position: Station["position"], at = lastBegun(word)): Station => ({
    status: word,
    turn: getStatusWaitingOn(providerName, word),
    position,
    at,
  })

  if (here >= 0) {
    return path.map((word, index) => {
      if (index === here) return station(word, "now", toStatusSince(history))
      return index < here ? station(word, "done") : station(word, "ahead", null)
    })
  }
  const passed = path.filter((word) => lastBegun(word) !== null).map((word) => station(word, "done"))
  return [...passed, station(status ?? "(no status)", "now", toStatusSince(history))]
}
