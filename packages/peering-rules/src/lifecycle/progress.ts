import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { goodPaths, getStatusWaitingOn, type WaitingOn } from "./lifecycle.ts"
import { toStatusSince } from "./status-since.ts"

/** A status on the way: who it waits for, and when it was last seen to begin (ISO 8601), if ever. */
export interface ProgressStep {
  status: string
  turn: WaitingOn
  position: "done" | "now" | "ahead"
  at: string | null
}

/**
 * Lists a peering's steps: the good path while it is on it; afterwards the steps it passed and where it ended.
 * Claims only what was seen: a peering found FAILED has no earlier steps.
 */
export function listProgressSteps({ peer, history }: Peering): ProgressStep[] {
  const { providerName } = peer
  const status = readStatus(peer)
  const path: readonly string[] = goodPaths[providerName]
  const here = status === null ? -1 : path.indexOf(status)
  const lastBegun = (word: string) => history.findLast((entry) => entry.status === word)?.at ?? null
  const step = (word: string, position: ProgressStep["position"], at = lastBegun(word)): ProgressStep => ({
    status: word,
    turn: getStatusWaitingOn(providerName, word),
    position,
    at,
  })

  if (here >= 0) {
    return path.map((word, index) => {
      if (index === here) return step(word, "now", toStatusSince(history))
      return index < here ? step(word, "done") : step(word, "ahead", null)
    })
  }
  const passed = path.filter((word) => lastBegun(word) !== null).map((word) => step(word, "done"))
  return [...passed, step(status ?? "(no status)", "now", toStatusSince(history))]
}
