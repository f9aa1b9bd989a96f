import type { KnownFacts, NetworkFacts } from "@peering-desk/shared-schemas"
import type { KeptFacts } from "./network-facts.ts"

/** Joins the facts of all sources: what a link's holder pasted fills only what nobody signed in pasted. */
export function mergeKept(kept: readonly KeptFacts[]): Omit<KnownFacts, "waiting"> {
  const facts = kept
    .toSorted((one, other) => rank(one) - rank(other))
    .reduce<NetworkFacts | null>((merged, one) => ({ ...merged, ...one.facts }), null)
  return { facts, contradictions: [] }
}

const rank = ({ source }: KeptFacts) => (source === "link" ? 0 : 1)
