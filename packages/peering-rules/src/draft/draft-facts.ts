import { factsOfFields, namingFields, type NetworkFacts } from "@peering-desk/shared-schemas"
import type { NetworkKey } from "./natural-key.ts"

/** What is known of one network in its cloud. */
export interface KnownNetwork {
  /** Only the ones that still count. */
  facts: NetworkFacts
  /** When the oldest one was printed that no longer counts; null without any. */
  staleAt: string | null
}

/** Tells if facts are of this network. */
export function areFactsOf(facts: NetworkFacts, network: NetworkKey): boolean {
  const { providerName } = network
  const ids: Readonly<Record<string, string>> = network
  return (
    facts.providerName === providerName &&
    namingFields[providerName].every((name) => {
      const aspect = factsOfFields[providerName][name]
      return aspect && facts[aspect]?.value.toLowerCase() === ids[name]?.toLowerCase()
    })
  )
}

/** Tells if all networks are known that a network is peered with: on Google Cloud also the ranges of its services. */
export function arePeersKnown({ providerName, peerings, serviceRanges }: NetworkFacts): boolean {
  return peerings !== undefined && (providerName !== "GCP" || serviceRanges !== undefined)
}

/**
 * Lists the CIDRs of the networks that a network is peered with, Atlas's among them, or the name of one whose CIDRs are not known.
 * @param except name of a network that doesn't count
 */
export function listPeeredRanges(
  { peerings, serviceRanges }: NetworkFacts,
  except: string | null = null,
): string[] {
  const ofPeers = (peerings?.value ?? [])
    .filter(({ network }) => nameOfLink(network) !== except)
    .flatMap(({ network, ranges }) => ranges ?? [nameOfLink(network)])
  return [...ofPeers, ...(serviceRanges?.value ?? [])]
}

/** Returns the last part of a link or resource id. */
function nameOfLink(link: string): string {
  return link.split("/").at(-1) ?? link
}
