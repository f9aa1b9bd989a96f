import type { AccessListEntry, AtlasPeer } from "@peering-desk/shared-schemas"
import type { ResourcePolicy } from "#atlas/resource-policies.ts"
import type { CachedRead } from "#base/cached-read.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { CedarEngine } from "./cedar-engine.ts"
import { Policies } from "./policies.ts"

/** What is known of a project. */
interface CachedProject {
  policies: CachedRead<ResourcePolicy[]>
  readEntries: () => Promise<AccessListEntry[] | null>
}

/** Builds the evaluation of policies over what this server knows of projects. */
export function createPolicies(deps: {
  projectCache: { of: (projectId: string) => CachedProject }
  pollers: { listKnown: (projectId: string) => AtlasPeer[] | null }
  clock: Clock
  machineClock: Clock
  logger: Logger
}): Policies {
  const { projectCache, pollers, clock, machineClock, logger } = deps
  return new Policies({
    engine: new CedarEngine({ clock: machineClock, logger }),
    policiesOf: (projectId) => projectCache.of(projectId).policies,
    peersOf: (projectId) => pollers.listKnown(projectId),
    entriesOf: (projectId) => projectCache.of(projectId).readEntries(),
    clock,
  })
}
