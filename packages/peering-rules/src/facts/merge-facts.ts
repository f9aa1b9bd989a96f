import type { FactContradiction, NetworkFacts } from "@peering-desk/shared-schemas"

export function mergeFacts(
  all: readonly NetworkFacts[],
  _now: number,
): { facts: NetworkFacts | null; contradictions: FactContradiction[] } {
  return { facts: all[0] ?? null, contradictions: [] }
}
