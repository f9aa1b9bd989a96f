import type { NetworkFacts } from "@peering-desk/shared-schemas"
import type { NetworkKey } from "./natural-key.ts"

/** What is known of one network in its cloud. */
export interface KnownNetwork {
  /** Only the ones that still count. */
  facts: NetworkFacts
  /** When the oldest one was printed that no longer counts; null without any. */
  staleAt: string | null
}

const isSame = (fact: { value: string } | undefined, name: string) =>
  fact?.value.toLowerCase() === name.toLowerCase()

/**
 * Tells if facts are of this network. A VPC's id is unique, so a mistyped account doesn't hide its facts; names on the other clouds are
 * unique only within their project or resource group.
 */
export function areFactsOf(facts: NetworkFacts, network: NetworkKey): boolean {
  if (facts.providerName !== network.providerName) return false
  const { network: name, account, resourceGroup } = facts
  switch (network.providerName) {
    case "AWS":
      return isSame(name, network.vpcId)
    case "GCP":
      return isSame(name, network.networkName) && isSame(account, network.gcpProjectId)
    case "AZURE":
      return (
        isSame(name, network.vnetName) &&
        isSame(account, network.azureSubscriptionId) &&
        isSame(resourceGroup, network.resourceGroupName)
      )
  }
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
