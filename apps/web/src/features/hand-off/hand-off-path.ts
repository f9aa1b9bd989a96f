import { buildPath, toExpiry, type Path, type PathStop } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { formatTimeLeft } from "#copy/expiry-words.ts"
import { toHandOffTurn, toStateWords } from "#copy/hand-off.ts"
import type { PathGap } from "#shared/path/PathPicture.tsx"

/** Builds the path from what a link shows. Only what the owner can act on opens. */
export function toHandOffPath(view: HandOffView, now: number): Path {
  const { peer, container, status, statusSince, checkedAt, declined } = view
  const turn = toHandOffTurn(view)
  const path = buildPath(
    {
      peer,
      history: statusSince === null ? [] : [{ status, at: statusSince }],
      declined: declined === null ? undefined : { ...declined, for: null },
    },
    { container, facts: null, checkedAt, now, isGone: turn === "gone" },
  )
  const isEnding = turn === "gone" || turn === "closing"
  const stops = isEnding ? path.stops : path.stops.map((stop) => toOwnersStop(stop, view))
  const find = (...states: PathStop["state"][]) =>
    stops.find(({ side, state }) => side !== "atlas" && states.includes(state))
  const role = turn === "atlas" ? stops.find(({ id }) => id === "role") : undefined
  const open = find("broken") ?? find("waiting") ?? role ?? find("in-progress")
  return { ...path, stops, open: open?.id ?? null, isOwnSideUnknown: false }
}

/** Words a stop for the owner, and adds the state of Atlas's side, of which a link shows no names. */
function toOwnersStop(stop: PathStop, { accessListed, clusterRuns, peer, checkedAt }: HandOffView): PathStop {
  if (stop.id === "peering" && stop.state === "waiting")
    return { ...stop, fact: peer.providerName === "GCP" ? "You peer back" : "You accept" }
  if (stop.fact === "Declined by owner") return { ...stop, fact: "You declined" }
  const seen = { source: "atlas", at: checkedAt } as const
  if (stop.id === "access-list" && accessListed !== null)
    return accessListed
      ? { ...stop, ...seen, state: "proven", fact: "Listed" }
      : { ...stop, ...seen, state: "waiting", fact: "Not listed yet" }
  if (stop.id === "cluster" && clusterRuns !== null)
    return clusterRuns
      ? { ...stop, ...seen, state: "proven", fact: "Runs" }
      : { ...stop, ...seen, state: "later", fact: "No cluster here yet" }
  return stop
}

/** Builds the words at the gap: the time that is left, or how the peering stands. */
export function toHandOffGap(view: HandOffView, now: number): PathGap {
  const { expiresEarliest, expiresLatest, peer } = view
  const { tone, short } = toStateWords(view)
  const isWaiting = toHandOffTurn(view) === "you" && expiresEarliest !== null
  const left = isWaiting
    ? formatTimeLeft(toExpiry(expiresEarliest, expiresLatest ?? expiresEarliest), now)
    : null
  return {
    above: left === null ? { words: short, tone } : { words: left, tone, icon: "clock" },
    below: peer.providerName === "AWS" ? (peer.connectionId ?? null) : null,
  }
}
