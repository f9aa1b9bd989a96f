import { toNetworkKey } from "./cloud-conflicts.ts"
import type { NewNetwork } from "./customer/network-schema.ts"
import { seedNetworks } from "./customer/seed-networks.ts"
import { createRole } from "./customer/seed-roles.ts"
import type { Durations } from "./durations.ts"
import { derive } from "./identifiers.ts"
import { toPolicy } from "./policies.ts"
import { sandboxes } from "./sandboxes.ts"
import { aws, nodesIn, seedProject, type PeerSeed, type ProjectSeed } from "./seeding.ts"
import type { World } from "./world.ts"

type Moment = { now: number; durations: Durations }
type Part = Pick<World, "projects" | "networks" | "readingRoles" | "policies">
type Vpc = (typeof sandboxes)["orders"]["network"]
type Sandbox = (typeof sandboxes)[keyof typeof sandboxes] &
  Partial<{
    orgId: string
    isConnected: boolean
    connectedDays: number
    otherNetwork: Vpc
    peered: (typeof sandboxes)["hub"]["peered"]
  }>

const all: readonly Sandbox[] = Object.values(sandboxes)
/** The first four bytes of an id are its moment: 23 September 2025. */
const seededSecond = "68d2f0b1"
const forbidsAll = {
  name: "Approved networks only",
  description: "Ask the network team in #network-requests.",
  bodies: ['forbid (principal, action == ResourcePolicy::Action::"project.vpcPeering.modify", resource);'],
}

/** Builds the sandboxes of all scenes as of a moment. */
export function buildSandboxes(moment: Moment): Part {
  const parts = all.map((sandbox) => buildSandbox(sandbox, moment))
  return {
    projects: parts.flatMap(({ projects }) => projects),
    networks: parts.flatMap(({ networks }) => networks),
    readingRoles: parts.flatMap(({ readingRoles }) => readingRoles),
    policies: parts.flatMap(({ policies }) => policies),
  }
}

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
function buildSandbox(sandbox: Sandbox, { now, durations }: Moment): Part {
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
function seedProjects(sandbox: Sandbox): ProjectSeed[] {
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

/** Builds a network on which Atlas has no role yet. A VPC has four subnets, of which two follow each of two tables. */
function toNetwork(network: Sandbox["network"]): NewNetwork {
  const { atlasRegion: _, cidr, ...ids } = network
  if ("vnetName" in ids) return { providerName: "AZURE", ...ids, cidrs: [cidr], atlasRoles: [] }
  const { region } = ids
  if ("networkName" in ids) {
    const { gcpProjectId, networkName } = ids
    const subnets = [{ name: "reports", region, cidr, secondaryCidrs: [] }]
    return { providerName: "GCP", gcpProjectId, networkName, subnets }
  }
  const toId = (kind: string, part: string) => `${kind}-0${derive(`${ids.vpcId}/${part}`, 16)}`
  const subnets = ["apps-a", "apps-b", "workers-a", "workers-b"].map((name, index) => ({
    id: toId("subnet", name),
    name,
    zone: `${region}${name.at(-1)}`,
    cidr: cidr.replace(".0.0/16", `.${16 * index}.0/20`),
  }))
  const routeTables = ["apps", "workers"].map((name) => ({
    id: toId("rtb", name),
    name,
    isMain: name === "apps",
    subnets: subnets.filter((one) => one.name.startsWith(name)).map(({ id }) => id),
    routes: [{ to: cidr, target: "local" }],
  }))
  return { providerName: "AWS", ...ids, cidrs: [cidr], subnets, routeTables }
}

/** Puts the fresh ones in the place of the first with one of their keys. */
function replace<One>(list: readonly One[], fresh: readonly One[], toKey: (one: One) => string): One[] {
  const keys = new Set(fresh.map(toKey))
  const others = list.filter((one) => !keys.has(toKey(one)))
  const place = list.findIndex((one) => keys.has(toKey(one)))
  return others.toSpliced(place === -1 ? others.length : place, 0, ...fresh)
}
