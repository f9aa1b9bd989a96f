import { toAtlasNetwork } from "#world/atlas-network.ts"
import type { SimulatedClock } from "#world/clock.ts"
import type { NetworkPeering } from "#world/customer-networks.ts"
import type { Cluster, Container, Peer, Project, World } from "#world/world.ts"
import { listActs } from "./cloud-side.ts"

const toIso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

export function toPeerSnapshot(peer: Peer) {
  const { target, createdAt, since, due, ...fields } = peer
  return {
    ...fields,
    ...target,
    createdAt: toIso(createdAt),
    since: toIso(since),
    next: due && { status: due.status, at: toIso(due.at) },
    acts: listActs(peer),
  }
}

/** Writes a peering of a network as its owner sees it, with the ids of Atlas's peer. */
export function toPeeringSnapshot({ peer, container, ...fields }: NetworkPeering) {
  return { ...fields, peerId: peer.id, containerId: container.id }
}

function toContainerSnapshot(container: Container) {
  const { createdAt, emptySince: _emptySince, ...fields } = container
  const network = container.provisioned ? toAtlasNetwork(container) : null
  return { ...fields, createdAt: toIso(createdAt), network }
}

export function toClusterSnapshot(cluster: Cluster) {
  return { ...cluster, createdAt: toIso(cluster.createdAt), idleAt: toIso(cluster.idleAt) }
}

function toProjectSnapshot(project: Project) {
  const { createdAt: _createdAt, events: _events, ...fields } = project
  return {
    ...fields,
    containers: project.containers.map(toContainerSnapshot),
    peers: project.peers.map(toPeerSnapshot),
    clusters: project.clusters.map(toClusterSnapshot),
    accessList: project.accessList.map(({ kind, value, comment }) => ({ kind, value, comment })),
  }
}

export function toClockSnapshot(clock: SimulatedClock) {
  return { now: toIso(clock.now()), speed: clock.speed() }
}

/** Builds the answer of `GET /simulator/state`: everything but secrets, moments as ISO 8601 in simulated time. */
export function toSnapshot(world: World, clock: SimulatedClock) {
  return {
    scenario: world.scenario,
    clock: toClockSnapshot(clock),
    projects: world.projects.map(toProjectSnapshot),
  }
}
export type Snapshot = ReturnType<typeof toSnapshot>
export type ClusterSnapshot = Snapshot["projects"][number]["clusters"][number]
export type PeerSnapshot = Snapshot["projects"][number]["peers"][number]
export type PeeringSnapshot = ReturnType<typeof toPeeringSnapshot>
