import type { AtlasPeer, NetworkFacts } from "@peering-desk/shared-schemas"
import type { Stop } from "#facts/stop.ts"
import { nameFailure } from "#lifecycle/failure.ts"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"
import { atlasPorts } from "#runbook/runbook-step.ts"
import type { PathKnowledge, PathState } from "./path-stop.ts"

type Drawn = Omit<Stop, "state"> & { state: PathState }

const range = `${atlasPorts.first}–${atlasPorts.last}`

/** Writes the value of a stop in a few words, at most about 24 characters: the drawing has one line for it. */
export function toShortFact(stop: Drawn, peer: AtlasPeer, { facts }: PathKnowledge): string {
  if (stop.fact !== undefined) return stop.fact
  const { id, state } = stop
  if (id === "peering") return toPeeringFact(state, peer)
  // The drawing says "Not reached" for stops behind a failed request.
  if (state === "later" && getWaitingOn(peer) === "failed") return ""
  if (state === "later") return peer.providerName === "GCP" ? "Come with the peering" : "After acceptance"
  if (id === "application") return toApplicationFact(state, peer, facts)
  if (state === "not-checked") return "Not checked"
  const isGood = state === "proven" || state === "marked"
  switch (id) {
    case "route":
      if (peer.providerName === "GCP") return isGood ? "Come with the peering" : "Another route wins"
      return isGood ? "No other route wins" : "Another route wins"
    case "firewall":
      return isGood ? `${range} out` : `${range} blocked`
    case "dns":
      return isGood ? "Private names on" : "Private names off"
    case "role":
      return isGood ? "Assigned" : "Missing"
    default:
      return ""
  }
}

function toApplicationFact(state: PathState, peer: AtlasPeer, facts: NetworkFacts | null): string {
  const count = facts?.subnets?.value.length ?? 0
  if (state === "proven" && count > 0) return `${count} ${count === 1 ? "subnet" : "subnets"}`
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
