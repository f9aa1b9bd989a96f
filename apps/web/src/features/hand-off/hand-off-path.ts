import { buildPath, toExpiry, type Path, type PathStop } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { formatTimeLeft } from "#copy/expiry-words.ts"
import { toHandOffTurn, toStateWords, type HandOffTurn } from "#copy/hand-off.ts"
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
  return { ...path, stops, open: chooseOpen(stops, turn)?.id ?? null, isOwnSideUnknown: false }
}

function chooseOpen(stops: readonly PathStop[], turn: HandOffTurn): PathStop | undefined {
  const find = (wanted: PathStop["state"]) =>
    stops.find(({ side, state }) => side !== "atlas" && state === wanted)
  const role = turn === "atlas" ? stops.find(({ id }) => id === "role") : undefined
  return find("broken") ?? find("waiting") ?? role ?? find("in-progress")
}

/** Words a stop for the owner, and adds the state of Atlas's side. */
function toOwnersStop(stop: PathStop, view: HandOffView): PathStop {
  if (stop.id === "peering" && stop.state === "waiting")
    return { ...stop, fact: view.peer.providerName === "GCP" ? "You peer back" : "You accept" }
  if (stop.fact === "Declined by owner") return { ...stop, fact: "You declined" }
  const seen = toSeenInAtlas(stop.id, view)
  return seen === null ? stop : { ...stop, source: "atlas", at: view.checkedAt, ...seen }
}

/** Returns how a stop of Atlas's side stands, of which a link shows no names; null while that is unknown. */
function toSeenInAtlas(
  id: PathStop["id"],
  { accessListed, clusterRuns }: HandOffView,
): Pick<PathStop, "state" | "fact"> | null {
  if (id === "access-list" && accessListed !== null)
    return accessListed ? { state: "proven", fact: "Listed" } : { state: "waiting", fact: "Not listed yet" }
  if (id === "cluster" && clusterRuns !== null)
    return clusterRuns ? { state: "proven", fact: "Runs" } : { state: "later", fact: "No cluster here yet" }
  return null
}

/** Builds the words at the gap: the time that is left, or how the peering stands. */
export function toHandOffGap(view: HandOffView, now: number): PathGap {
  const { declined, expiresEarliest, expiresLatest, peer } = view
  const isTheirs = toHandOffTurn(view) === "you"
  const isDeclined = isTheirs && declined !== null
  const { tone, short } = isDeclined ? ({ tone: "failed", short: "Declined" } as const) : toStateWords(view)
  const isWaiting = isTheirs && !isDeclined && expiresEarliest !== null
  const left = isWaiting
    ? formatTimeLeft(toExpiry(expiresEarliest, expiresLatest ?? expiresEarliest), now)
    : null
  return {
    above: left === null ? { words: short, tone } : { words: left, tone, icon: "clock" },
    below: peer.providerName === "AWS" ? (peer.connectionId ?? null) : null,
  }
}
