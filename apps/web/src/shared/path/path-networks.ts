import { type AtlasPeer, type Container, type NetworkFacts } from "@peering-desk/shared-schemas"
import { listOwnFacts, type NetworkFact } from "#copy/network-facts.ts"
import { toContainerPlace, toPlace } from "#copy/peerings.ts"

/** One of the two boxes of the path. */
export interface PathNetwork {
  title: string
  /** The network's own name, where it has one. */
  name: string | null
  /** Its cloud and region. */
  place: string
  /** What names it, each to be copied. */
  facts: NetworkFact[]
}

/** Describes the box of the owner's network. */
export function toOwnNetwork(
  peer: AtlasPeer,
  container: Container | null,
  facts: NetworkFacts | null,
): PathNetwork {
  const cidr = peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? null) : null
  return {
    title: "Your network",
    name: facts?.name?.value ?? null,
    place: toPlace(peer, container),
    facts: [...listOwnFacts(peer), ...(cidr === null ? [] : [{ label: "CIDR", value: cidr }])].slice(0, 3),
  }
}

/** Describes the box of Atlas. */
export function toAtlasNetwork(container: Container | null, projectName: string): PathNetwork {
  return {
    title: "Atlas container",
    name: null,
    place: container === null ? "" : toContainerPlace(container),
    facts: [
      {
        label: "CIDR",
        value: container?.atlasCidrBlock ?? null,
        ...(container === null && { shown: "unknown" }),
      },
      { label: "Project", value: null, shown: projectName },
    ],
  }
}
