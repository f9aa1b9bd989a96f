import type { Fact, FactName, NetworkFacts } from "@peering-desk/shared-schemas"
import type { KnownNetwork } from "#draft/draft-facts.ts"
import { groupBy } from "#formats/group-by.ts"
import { isFresh } from "#facts/fresh-facts.ts"
import { mergeFacts } from "#facts/merge-facts.ts"

/** Joins what several sources know of each network, and leaves out what is too old to prove anything. */
export function toKnownNetworks(all: readonly NetworkFacts[], now: number): KnownNetwork[] {
  return [...groupBy(all, toKey).values()].flatMap((group) => {
    const { facts } = mergeFacts(group, now)
    return facts === null ? [] : withoutStale(facts, now)
  })
}

function toKey({ providerName, account, resourceGroup, network }: NetworkFacts): string {
  const scope = providerName === "AWS" ? [] : [account?.value, resourceGroup?.value]
  return [providerName, ...scope, network?.value].join("\n").toLowerCase()
}

/** Names and ids don't change, so they tell of which network old facts are. */
const lasting: ReadonlySet<string> = new Set<FactName>(["account", "resourceGroup", "network"])

function withoutStale({ providerName, ...facts }: NetworkFacts, now: number): KnownNetwork {
  const aspects = Object.entries(facts) as [FactName, Fact<unknown>][]
  const isStale = ([name, fact]: (typeof aspects)[number]) => !lasting.has(name) && !isFresh(fact, now)
  const [oldest = null] = aspects
    .filter(isStale)
    .map(([, { at }]) => at)
    .sort()
  const fresh = Object.fromEntries(aspects.filter((one) => !isStale(one)))
  return { facts: { providerName, ...fresh }, staleAt: oldest }
}
