import { toNetworkKey } from "./cloud-conflicts.ts"
import type { NewNetwork } from "./customer/network-schema.ts"
import { seedNetworks } from "./customer/seed-networks.ts"
import { createRole } from "./customer/seed-roles.ts"
import type { Durations } from "./durations.ts"
import { derive } from "./identifiers.ts"
import { toPolicy } from "./policies.ts"
import { sandboxes, type Sandbox } from "./sandboxes.ts"
import { aws, nodesIn, seedProject, type PeerSeed, type ProjectSeed } from "./seeding.ts"
import type { World } from "./world.ts"

type Moment = { now: number; durations: Durations }
type Part = Pick<World, "projects" | "networks" | "readingRoles" | "policies">
type Vpc = (typeof sandboxes)["orders"]["network"]
type Seed = Sandbox &
  Partial<{
    orgId: string
    isConnected: boolean
    connectedDays: number
    otherNetwork: Vpc
    peered: (typeof sandboxes)["hub"]["peered"]
  }>

const all: readonly Seed[] = Object.values(sandboxes)
/** The first four bytes of an id are its moment: 23 September 2025. */
const seededSecond = "68d2f0b1"
const forbidsAll = {
  name: "Approved networks only",
  description: "Ask the network team in #network-requests.",
  bodies: ['forbid (principal, action == ResourcePolicy::Action::"project.vpcPeering.modify", resource);'],
}

/** Builds the sandboxes of all scenes as of a moment. */
export const buildSandboxes = (moment: Moment): Part[] => all.map((seed) => buildSandbox(seed, moment))

/** Puts one sandbox back to its beginning as of a moment. Throws RangeError for a project that is none. */
export function resetSandbox(world: World, projectId: string, moment: Moment): void {
  const sandbox = all.find((one) => one.projectId === projectId)
  if (sandbox === undefined || !world.projects.some(({ id }) => id === projectId))
    throw new RangeError(`${projectId} is no sandbox of the scenario ${world.scenario}`)
  const fresh = buildSandbox(sandbox, moment)
  const peerLimits = new Map(world.projects.map(({ id, peerLimit }) => [id, peerLimit]))
  for (const project of fresh.projects) project.peerLimit = peerLimits.get(project.id) ?? project.peerLimit
  world.projects = replace(world.projects, fresh.projects, ({ id }) => id)
  world.networks = replace(world.networks, fresh.networks, toNetworkKey)
  world.readingRoles = replace(world.readingRoles, fresh.readingRoles, ({ arn }) => arn)
  world.policies = replace(world.policies, fresh.policies, ({ orgId }) => orgId)
}

/** Ids follow from the project's id, so a reset brings the same ones back. */
function buildSandbox(sandbox: Seed, { now, durations }: Moment): Part {
  const { projectId, orgId, network, otherNetwork, isConnected = false } = sandbox
  let count = 0
  const identifiers = { objectId: () => seededSecond + derive(`${projectId}/${(count += 1)}`, 16) }
  const projects = seedProjects(sandbox).map((seed) => seedProject({ now, durations, identifiers }, seed))
  const networks = [network, ...(otherNetwork === undefined ? [] : [otherNetwork])].map(toNetwork)
  return {
    projects,
    networks: seedNetworks(projects, networks),
    readingRoles: isConnected && "awsAccountId" in network ? [createRole(network.awsAccountId)] : [],
    policies: orgId === undefined ? [] : [toPolicy({ orgId, ...forbidsAll }, now)],
  }
}

/** Seeds the project, which has one container with a cluster in it. The hub has neither, but a peering with a project that no key sees. */
function seedProjects(sandbox: Seed): ProjectSeed[] {
  const { projectId: id, orgId, name, cluster, container, network, peered, connectedDays } = sandbox
  const providerName = "vpcId" in network ? "AWS" : "vnetName" in network ? "AZURE" : "GCP"
  const { atlasRegion, cidr } = network
  const where = providerName === "GCP" ? { regions: [atlasRegion] } : { region: atlasRegion }
  const peers = connectedDays === undefined ? [] : [seedConnection(network as Vpc, connectedDays)]
  if (peered !== undefined)
    return [
      { id, name },
      {
        id: peered.projectId,
        orgId: peered.orgId,
        name: "shared-services",
        containers: [{ providerName, ...where, atlasCidrBlock: peered.cidr, peers }],
      },
    ]
  return [
    {
      id,
      name,
      ...(orgId !== undefined && { orgId }),
      containers: [{ id: container.id, providerName, ...where, atlasCidrBlock: container.cidr, peers }],
      clusters: [{ name: cluster, regions: [nodesIn(providerName, atlasRegion)] }],
      accessList: peers.length === 0 ? [] : [["cidrBlock", cidr, name]],
    },
  ]
}

function seedConnection({ awsAccountId, vpcId, region, cidr }: Vpc, days: number): PeerSeed {
  return [aws(awsAccountId, vpcId, region, cidr), "AVAILABLE", days * 24 * 3600]
}

/** Describes a network on which Atlas has no role yet. */
function toNetwork(network: Sandbox["network"]): NewNetwork {
  const { atlasRegion: _, cidr, ...ids } = network
  if ("vpcId" in ids) return { providerName: "AWS", ...ids, cidrs: [cidr] }
  if ("vnetName" in ids) return { providerName: "AZURE", ...ids, cidrs: [cidr], atlasRoles: [] }
  const { region, ...names } = ids
  return { providerName: "GCP", ...names, subnets: [{ name: "reports", region, cidr, secondaryCidrs: [] }] }
}

/** Puts the fresh ones in the place of the first with one of their keys. */
function replace<One>(list: readonly One[], fresh: readonly One[], toKey: (one: One) => string): One[] {
  const keys = new Set(fresh.map(toKey))
  const others = list.filter((one) => !keys.has(toKey(one)))
  const place = list.findIndex((one) => keys.has(toKey(one)))
  return others.toSpliced(place === -1 ? others.length : place, 0, ...fresh)
}
