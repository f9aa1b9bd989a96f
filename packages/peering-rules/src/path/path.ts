import type { AtlasPeer, NetworkFacts, Peering, ProviderName } from "@peering-desk/shared-schemas"
import type { Stop } from "#facts/stop.ts"
import { listStops } from "#facts/stops.ts"
import { isDeclined } from "#lifecycle/decline.ts"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"
import { toStatusSince } from "#lifecycle/status-since.ts"
import { toTickId } from "#runbook/done-steps.ts"
import { checkAccessList, checkCluster } from "./atlas-stops.ts"
import {
  toLater,
  toMarked,
  type Path,
  type PathKnowledge,
  type PathState,
  type PathStop,
} from "./path-stop.ts"
import { toShortFact } from "./short-fact.ts"

/*
 * The path of a packet, in the order in which people look for a fault. `facts/stops.ts` has the table of what proves and breaks the stops
 * of the network and the peering, by cloud. This module adds:
 *
 * | stop        | proven by                    | broken by         | waiting when                   | later when      | not checked when             | source     |
 * | ----------- | ---------------------------- | ----------------- | ------------------------------ | --------------- | ---------------------------- | ---------- |
 * | peering     | as there                     | declined by owner | the owner acts                 | being deleted   | a status that Atlas keeps to itself | Atlas, cloud |
 * | access list | permanent entries cover all  | an entry FAILED   | an entry is missing, or ends   | being deleted   | the list or the CIDR unknown | Atlas      |
 * | cluster     | a cluster runs in the container |                | the cluster is paused          | no cluster here | the list or container unknown | Atlas     |
 *
 * `in-progress`: Atlas is at work (peering, access list, cluster). `marked`: a person marked the stop's step, or a link's holder pasted what proves
 * it; a claim, so it counts as neither proven nor open. A path that ends (deleting, deleted) has only later stops.
 */

type Subject = Pick<Peering, "peer" | "history" | "steps" | "declined">

/** Builds the path of a connection from everything that is known of it. */
export function buildPath(subject: Subject, known: PathKnowledge): Path {
  const { peer, history, steps: marks = {} } = subject
  const { container, facts, now, customDns } = known
  const stops = listStops(peer, container, facts, now, marks, toStatusSince(history), customDns)
    .filter(({ id }) => id !== "access-list" && id !== "cluster")
    .map((stop) => (stop.id === "peering" ? toPeeringStop : toPathStop)(stop, subject, known))
  const all = [...stops, checkAccessList(peer, marks, known), checkCluster(peer, known)]
  const isEnding = known.isGone === true || getWaitingOn(peer) === "closing"
  return toPath(peer.providerName, isEnding ? all.map((stop) => toLater(stop, "")) : all)
}

/** Finds the open stop of a path. Nothing helps before a peering that is broken, or whose status nobody knows. */
export function toPath(providerName: ProviderName, stops: PathStop[]): Path {
  const find = (...states: PathState[]) => stops.find(({ state }) => states.includes(state))
  const findPeering = (...states: PathState[]) =>
    stops.find(({ id, state }) => id === "peering" && states.includes(state))
  const open =
    findPeering("broken", "not-checked") ??
    find("broken") ??
    findPeering("in-progress") ??
    find("waiting") ??
    find("in-progress") ??
    find("not-checked")
  return {
    providerName,
    stops,
    open: open?.id ?? null,
    isOwnSideUnknown: open?.state === "not-checked" && open.side === "own",
  }
}

function toPeeringStop(stop: Stop, subject: Subject, known: PathKnowledge): PathStop {
  const { peer, declined } = subject
  const turn = getWaitingOn(peer)
  if (turn === "unknown" && stop.state !== "not-checked")
    return toPathStop({ ...stop, state: "not-checked", source: "atlas", at: null }, subject, known)
  const drawn = toPathStop(stop, subject, known)
  if (declined === undefined || !isDeclined({ turn, declined })) return drawn
  return {
    ...drawn,
    state: "broken",
    fact: "Declined by owner",
    says: `${declined.for ?? "The network owner"} declined: “${declined.reason}”`,
    at: declined.at,
    source: null,
  }
}

function toPathStop(stop: Stop, { peer, steps }: Subject, known: PathKnowledge): PathStop {
  const state = toState(stop, peer)
  const at = stop.source === "atlas" ? (stop.at ?? known.checkedAt) : stop.at
  const drawn: PathStop = {
    ...stop,
    side: stop.id === "peering" ? "gap" : "own",
    state,
    fact: toShortFact({ ...stop, state }, peer, known),
    by: findBy(stop, known.facts),
    at,
    number: null,
  }
  const mark = stop.stepId === null ? undefined : steps?.[toTickId(stop.stepId, peer)]
  return state === "not-checked" && mark !== undefined ? toMarked(drawn, mark) : drawn
}

function toState({ id, state, source }: Stop, peer: AtlasPeer): PathState {
  if (state === "proven" && source === "link") return "marked"
  // The cloud's own list may be ahead of Atlas, which is at work in any case.
  return id === "peering" && state === "waiting" && getWaitingOn(peer) === "atlas" ? "in-progress" : state
}

/** Finds who read or pasted what a stop rests on. */
function findBy({ source, at }: Stop, facts: NetworkFacts | null): string | null {
  if (facts === null || source === null || source === "atlas") return null
  const { providerName: _providerName, ...aspects } = facts
  return Object.values(aspects).find((one) => one.source === source && one.at === at)?.by ?? null
}
