import type { AtlasPeer, NetworkFacts } from "@peering-desk/shared-schemas"
import type { Stop } from "#facts/stop.ts"
import { toCount } from "#formats/phrases.ts"
import { nameFailure } from "#lifecycle/failure.ts"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"
import { atlasPorts } from "#runbook/runbook-step.ts"
import type { PathKnowledge, PathState } from "./path-stop.ts"

type Drawn = Omit<Stop, "state"> & { state: PathState }

const withPeering = "Comes with the peering"
const range = `${atlasPorts.first}–${atlasPorts.last}`

/** What a stop of the own network shows, by its state: in order or not. */
const ownFacts: Partial<Record<Stop["id"], readonly [inOrder: string, not: string]>> = {
  route: ["No other route wins", "Another route wins"],
  firewall: [`${range} out`, `${range} blocked`],
  dns: ["Private names on", "Private names off"],
  role: ["Assigned", "Missing"],
}

/** Writes the value of a stop in a few words, at most about 24 characters: the drawing has one line for it. */
export function toShortFact(stop: Drawn, peer: AtlasPeer, { facts }: PathKnowledge): string {
  if (stop.fact !== undefined) return stop.fact
  const { id, state } = stop
  if (id === "peering") return toPeeringFact(state, peer)
  if (state === "later") return toLaterFact(peer)
  if (id === "application") return toApplicationFact(state, peer, facts)
  if (state === "not-checked") return "Not checked"
  const [inOrder, not] = ownFacts[id] ?? ["", ""]
  if (!["proven", "marked"].includes(state)) return not
  return id === "route" && peer.providerName === "GCP" ? withPeering : inOrder
}

function toLaterFact(peer: AtlasPeer): string {
  // The drawing says "Not reached" for stops behind a failed request.
  if (getWaitingOn(peer) === "failed") return ""
  return peer.providerName === "GCP" ? withPeering : "After acceptance"
}

function toApplicationFact(state: PathState, peer: AtlasPeer, facts: NetworkFacts | null): string {
  const count = facts?.subnets?.value.length ?? 0
  if (state === "proven" && count > 0) return toCount(count, "subnet")
  if (state === "broken") return "Outside the given CIDR"
  return (peer.providerName === "AWS" ? peer.routeTableCidrBlock : null) ?? "Not checked"
}

function toPeeringFact(state: PathState, peer: AtlasPeer): string {
  switch (state) {
    case "proven":
      return "Available"
    case "waiting":
      return peer.providerName === "GCP" ? "Owner must peer back" : "Owner must accept"
    case "in-progress":
      return peer.providerName === "AWS" && peer.statusName === "FINALIZING"
        ? "Finalizing"
        : "Atlas creates it"
    case "broken":
      return nameFailure(peer)
    case "not-checked":
      return "Unknown status"
    default:
      return ""
  }
}
