import type { Fact, NetworkFacts, SeenStops } from "@peering-desk/shared-schemas"
import { isFresh, toFreshEnd } from "#facts/fresh-facts.ts"
import type { Stop } from "#facts/stop.ts"

/** Sums up what facts show of the stops in a network: what lists need of it. Null when nothing is proven or broken. */
export function toSeenStops(
  stops: readonly Stop[],
  facts: NetworkFacts | null,
  now: number,
): SeenStops | null {
  const own = stops.filter(
    ({ id, source }) => id !== "peering" && source !== null && source !== "atlas" && source !== "link",
  )
  const ofState = (state: Stop["state"]) => own.filter((stop) => stop.state === state).map(({ id }) => id)
  const [proven, broken] = [ofState("proven"), ofState("broken")]
  if (facts === null || proven.length + broken.length === 0) return null
  const { providerName: _providerName, ...aspects } = facts
  const all: Fact<unknown>[] = Object.values(aspects)
  const ends = all.filter((fact) => isFresh(fact, now)).map(toFreshEnd)
  return { until: new Date(Math.min(...ends)).toISOString(), proven, broken }
}
