import {
  findContainerOf,
  type AtlasPeer,
  type Container,
  type ProjectAddresses,
} from "@peering-desk/shared-schemas"
import { groupBy } from "#formats/group-by.ts"
import { toNetworkName, type NetworkKey } from "./natural-key.ts"
import { readNetwork, readValue, type DraftReading } from "./parse-draft.ts"
import { compareText } from "./taken-blocks.ts"

/** A peering of the draft's network, with its project and container. */
export interface NetworkPeering {
  peer: AtlasPeer
  of: ProjectAddresses
  /** Null when Atlas doesn't list it. */
  container: Container | null
}

/** Several checks of one draft ask for the same list. */
const known = new WeakMap<DraftReading, NetworkPeering[]>()

/**
 * Lists the peerings of the draft's network in every project of the snapshot, this project's first. The order of the lists makes no
 * difference. Empty until the network is named.
 */
export function listNetworkPeerings(reading: DraftReading): NetworkPeering[] {
  const before = known.get(reading)
  if (before !== undefined) return before
  const found = findNetworkPeerings(reading)
  known.set(reading, found)
  return found
}

function findNetworkPeerings(reading: DraftReading): NetworkPeering[] {
  const network = readNetwork(reading)
  if (network === null) return []
  const { here, otherProjects } = reading.snapshot
  const name = toOwnName(network)
  const found = [here, ...otherProjects].flatMap((of) =>
    (groupByNetwork(of.peers).get(name) ?? []).map((peer) => ({
      peer,
      of,
      container: findContainerOf(peer, of.containers),
    })),
  )
  const toKey = ({ of, peer }: NetworkPeering) =>
    `${of === here ? 0 : 1} ${of.project.name} ${of.project.id} ${peer.id}`
  return found.sort((a, b) => compareText(toKey(a), toKey(b)))
}

/** Tells if a listed peering is with the VPC of the draft, whose id is unique: its account may be mistyped. */
export function isOfSameVpc(reading: DraftReading, peer: AtlasPeer): boolean {
  const vpcId = readValue(reading, "vpcId")
  return peer.providerName === "AWS" && vpcId !== null && peer.vpcId === vpcId
}

type Groups = Map<string | null, AtlasPeer[]>

/** Lists are replaced when they change, never written to. */
const groups = new WeakMap<readonly AtlasPeer[], Groups>()

function groupByNetwork(peers: readonly AtlasPeer[]): Groups {
  const before = groups.get(peers)
  if (before !== undefined) return before
  const byNetwork = groupBy(peers, toOwnName)
  groups.set(peers, byNetwork)
  return byNetwork
}

/** Returns one text that only this network has. A VPC's id is unique by itself, so a mistyped account hides none of its peerings. */
function toOwnName(network: NetworkKey | AtlasPeer): string | null {
  return network.providerName === "AWS" ? (network.vpcId ?? null) : toNetworkName(network)
}
