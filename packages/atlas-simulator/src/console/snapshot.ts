import { toAtlasNetwork } from "#resources/container-answer.ts"
import { listActs } from "./cloud-side.ts"
import type { SimulatedClock } from "#world/clock.ts"
import type { Container, Peer, Project, World } from "#world/world.ts"

const toIso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function toPeerSnapshot(peer: Peer) {
  const { id, containerId, target, status, failure, connectionId, attempt, due } = peer
  return {
    id,
    containerId,
    ...target,
    status,
    failure,
    connectionId,
    attempt,
    createdAt: toIso(peer.createdAt),
    since: toIso(peer.since),
    next: due === null ? null : { status: due.status, at: toIso(due.at) },
    acts: listActs(peer),
  }
}

function toContainerSnapshot(container: Container) {
  const { id, providerName, atlasCidrBlock, region, regions, provisioned, hasCluster } = container
  const { vpcId, vnetName, gcpProjectId, networkName } = toAtlasNetwork(container)
  const network = { AWS: { vpcId }, AZURE: { vnetName }, GCP: { gcpProjectId, networkName } }[providerName]
  const common = { id, providerName, atlasCidrBlock, region, regions, provisioned, hasCluster }
  return { ...common, createdAt: toIso(container.createdAt), network: provisioned ? network : null }
}

function toProjectSnapshot(project: Project) {
  const { id, orgId, name, clusterCount, privateIpMode, peerLimit, hasPayment } = project
  return {
    id,
    orgId,
    name,
    clusterCount,
    privateIpMode,
    peerLimit,
    hasPayment,
    containers: project.containers.map(toContainerSnapshot),
    peers: project.peers.map(toPeerSnapshot),
    accessList: project.accessList.map(({ kind, value, comment }) => ({ kind, value, comment })),
  }
}

/** Everything there is with its true state, moments as ISO 8601 in simulated time; holds no secret. */
export function toSnapshot(world: World, clock: SimulatedClock) {
  return {
    scenario: world.scenario,
    clock: { now: toIso(clock.now()), speed: clock.speed() },
    projects: world.projects.map(toProjectSnapshot),
  }
}

/** What `GET /simulator/state` answers. */
export type Snapshot = ReturnType<typeof toSnapshot>
export type PeerSnapshot = Snapshot["projects"][number]["peers"][number]
