import {
  findContainerOf,
  type AccessListEntry,
  type AtlasPeer,
  type Project,
} from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { CachedRead, shownAfterMs } from "#base/cached-read.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"

interface ProjectCacheDeps {
  atlas: AtlasClient
  clock: Clock
}

/** Lists of the project that a page is about are at most this old when shown. */
export const shownMaxAgeMs = 10_000
/** Lists of all other projects are at most this old when shown. */
export const otherMaxAgeMs = 60_000
/** From more projects than 600 on, their lists may be older: at most ten projects a second are read for all viewers. */
const perProjectMs = 100
const longestMaxAgeMs = 30 * 60_000
/** An entry that is active stays so until it is removed. Until it is active, pages ask every five seconds. */
const activeMaxAgeMs = 60_000
const pendingMaxAgeMs = 4_000
/** Each status takes a call to Atlas, which allows about a hundred a minute and project. */
const mostStatuses = 20

/** Returns how old the lists of so many projects may be that are shown together, in milliseconds. */
export function toSharedMaxAge(projects: number): number {
  return Math.min(Math.max(otherMaxAgeMs, projects * perProjectMs), longestMaxAgeMs)
}

/** Caches Atlas's lists of projects, so that frequent readers stay within Atlas's limits. Changes made here expire their list. */
export class ProjectCache {
  readonly projects: CachedRead<Project[]>
  readonly #deps: ProjectCacheDeps
  readonly #byProject = new Map<string, CachedProject>()

  constructor(deps: ProjectCacheDeps) {
    this.#deps = deps
    this.projects = new CachedRead(() => deps.atlas.listProjects(), deps.clock)
  }

  of(projectId: string): CachedProject {
    const known = this.#byProject.get(projectId)
    if (known !== undefined) return known
    const cached = cacheProject(this.#deps, projectId)
    this.#byProject.set(projectId, cached)
    return cached
  }

  /** Returns those of some projects that Atlas lists; all of them when its list can't be read. Never throws. */
  async keepExisting(projectIds: readonly string[]): Promise<string[]> {
    let { value } = await this.projects.refresh(otherMaxAgeMs)
    const isListed = (projectId: string) => value?.some(({ id }) => id === projectId) ?? true
    // A project may be newer than the list.
    if (!projectIds.every(isListed)) ({ value } = await this.projects.refresh(shownMaxAgeMs))
    return projectIds.filter(isListed)
  }

  /** Returns the name of a project; null when it can't be read. Never throws. */
  async readName(projectId: string): Promise<string | null> {
    const { value } = await this.projects.refresh(otherMaxAgeMs)
    return value?.find(({ id }) => id === projectId)?.name ?? null
  }

  /** Returns the names of some projects by their ids, those it knows after 300 ms. Never throws. */
  async readNames(projectIds: readonly string[]): Promise<Record<string, string>> {
    await waitAtMost(this.#deps.clock, shownAfterMs, [this.projects.refresh(otherMaxAgeMs)])
    const named = this.projects.kept.value?.filter(({ id }) => projectIds.includes(id)) ?? []
    return Object.fromEntries(named.map(({ id, name }) => [id, name]))
  }
}

type CachedProject = ReturnType<typeof cacheProject>

/** Caches the lists of one project. */
function cacheProject({ atlas, clock }: ProjectCacheDeps, projectId: string) {
  const cache = <T>(read: () => Promise<T>) => new CachedRead(read, clock)
  const containers = cache(() => atlas.listContainers(projectId))
  const accessList = cache(() => atlas.listAccessList(projectId))
  const statuses = new Map<string, { status: CachedRead<string>; begunAt: number }>()

  function statusOf(entry: string): CachedRead<string> | null {
    const now = clock.elapsed()
    for (const [other, { begunAt }] of statuses) if (now - begunAt >= activeMaxAgeMs) statuses.delete(other)
    const known = statuses.get(entry)
    if (known !== undefined) return known.status
    if (statuses.size >= mostStatuses) return null
    const status = cache(() => atlas.readAccessListStatus(projectId, entry))
    statuses.set(entry, { status, begunAt: now })
    return status
  }

  const customDns = cache(() => atlas.readAwsCustomDns(projectId))

  return {
    containers,
    clusters: cache(() => atlas.listClusters(projectId)),
    customDns,
    /** Reads whether custom DNS is enabled; undefined when that isn't known. Never throws. */
    readCustomDns: async () => (await customDns.refresh(otherMaxAgeMs)).value?.enabled,
    privateIpMode: cache(() => atlas.readPrivateIpMode(projectId)),
    accessList,
    policies: cache(() => atlas.listResourcePolicies(projectId)),
    /** Reads the access list; null when it can't be read. Never throws. */
    async readEntries(): Promise<AccessListEntry[] | null> {
      const { value, failure } = await accessList.refresh(shownMaxAgeMs)
      return failure === null ? value : null
    },
    /**
     * Makes the next reader read the containers again.
     * @param by a peering with a new status. Atlas sets a container up with its first peering; after that no status changes it.
     */
    containersChanged(by?: AtlasPeer): void {
      const own = by && findContainerOf(by, containers.kept.value ?? [])
      if (own?.provisioned !== true) containers.expire()
    },
    /** Reads the status of an access list entry; null when that fails, or when this minute's calls are used up by other entries. */
    async readStatus(entry: string): Promise<string | null> {
      const status = statusOf(entry)
      const kept = await status?.refresh(status.kept.value === "ACTIVE" ? activeMaxAgeMs : pendingMaxAgeMs)
      return kept?.failure === null ? kept.value : null
    },
  }
}
