import type { CustomerNetwork, NewNetwork } from "#world/customer/network-schema.ts"
import { seedNetworks } from "#world/customer/seed-networks.ts"
import type { Durations } from "#world/durations.ts"
import { derive } from "#world/identifiers.ts"
import { toPolicy } from "#world/policies.ts"
import { seedProject } from "#world/seeding.ts"
import type { World } from "#world/world.ts"
import { sandboxSeeds, type SandboxSeed } from "./sandbox-seeds.ts"

type Moment = { now: number; durations: Durations }
/** The first four bytes of an id are its moment: 23 September 2025. */
const seededSecond = "68d2f0b1"
type Part = Pick<World, "projects" | "networks" | "readingRoles" | "policies">

/** Builds the sandboxes of all scenes as of a moment. */
export function buildSandboxes(moment: Moment): Part {
  const parts = sandboxSeeds.map((seed) => buildSandbox(seed, moment))
  return {
    projects: parts.flatMap(({ projects }) => projects),
    networks: parts.flatMap(({ networks }) => networks),
    readingRoles: parts.flatMap(({ readingRoles }) => readingRoles),
    policies: parts.flatMap(({ policies }) => policies),
  }
}

/** Puts one sandbox back to its seed as of a moment. Throws RangeError for a project that is none. */
export function resetSandbox(world: World, projectId: string, moment: Moment): void {
  const seed = sandboxSeeds.find(({ project }) => project.id === projectId)
  if (seed === undefined || !world.projects.some(({ id }) => id === projectId))
    throw new RangeError(`${projectId} is no sandbox of the scenario ${world.scenario}`)
  const fresh = buildSandbox(seed, moment)
  const accounts = new Set(seed.networks.map(toAccount))
  const peerLimits = new Map(world.projects.map(({ id, peerLimit }) => [id, peerLimit]))
  for (const project of fresh.projects) project.peerLimit = peerLimits.get(project.id) ?? project.peerLimit
  const ids = new Set(fresh.projects.map(({ id }) => id))
  world.projects = replace(world.projects, fresh.projects, ({ id }) => ids.has(id))
  world.networks = replace(world.networks, fresh.networks, (one) => accounts.has(toAccount(one)))
  world.readingRoles = replace(world.readingRoles, fresh.readingRoles, ({ account }) => accounts.has(account))
  world.policies = replace(world.policies, fresh.policies, ({ orgId }) => orgId === seed.project.orgId)
}

/** Ids follow from the project's id, so a reset brings the same ones back. */
function buildSandbox(seed: SandboxSeed, { now, durations }: Moment): Part {
  let count = 0
  const identifiers = {
    objectId: () => seededSecond + derive(`${seed.project.id}/${(count += 1)}`, 16),
  }
  const projects = [seed.project, ...seed.unseen].map((one) =>
    seedProject({ now, durations, identifiers }, one),
  )
  return {
    projects,
    networks: seedNetworks(projects, seed.networks),
    readingRoles: seed.readingRoles.map((role) => structuredClone(role)),
    policies: seed.policies.map((policy) => toPolicy(policy, now)),
  }
}

/** A sandbox has accounts, Google Cloud projects and subscriptions for itself. */
function toAccount(network: CustomerNetwork | NewNetwork): string {
  switch (network.providerName) {
    case "AWS":
      return network.awsAccountId
    case "GCP":
      return network.gcpProjectId
    case "AZURE":
      return network.azureSubscriptionId
  }
}

/** Puts the fresh ones in the place of the first own one. */
function replace<One>(list: readonly One[], fresh: readonly One[], isOwn: (one: One) => boolean): One[] {
  const others = list.filter((one) => !isOwn(one))
  const place = list.findIndex(isOwn)
  return place === -1 ? [...others, ...fresh] : others.toSpliced(place, 0, ...fresh)
}
