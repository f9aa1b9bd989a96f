import type { AccessListEntry, Container, PrivateIpMode, Project } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import { CachedRead } from "#base/cached-read.ts"

interface ProjectCacheOptions {
  atlas: AtlasClient
  clock: Clock
}

/** What somebody is shown of a project may be this old. */
export const shownMaxAgeMs = 10_000
/** Once a block is let in, nothing but its removal changes that; until then pages look every five seconds. */
const activeMaxAgeMs = 60_000
const pendingMaxAgeMs = 4_000
/** Each status is a call to Atlas of its own, and Atlas allows about a hundred a minute and project. */
const mostStatuses = 20

/**
 * What Atlas told of projects, kept for a while: however many ask however often, they do not use up what Atlas allows a project. What
 * this server changes it expires at once.
 */
export class ProjectCache {
  readonly projects: CachedRead<Project[]>
  readonly #options: ProjectCacheOptions
  readonly #byProject = new Map<string, CachedProject>()

  constructor(options: ProjectCacheOptions) {
    this.#options = options
    this.projects = new CachedRead(() => options.atlas.listProjects(), options.clock)
  }

  of(projectId: string): CachedProject {
    const known = this.#byProject.get(projectId)
    if (known !== undefined) return known
    const kept = new CachedProject(this.#options, projectId)
    this.#byProject.set(projectId, kept)
    return kept
  }
}

/** The same of one project. */
class CachedProject {
  readonly containers: CachedRead<Container[]>
  readonly privateIpMode: CachedRead<PrivateIpMode>
  readonly accessList: CachedRead<AccessListEntry[]>
  readonly #statuses = new Map<string, { status: CachedRead<string>; begunAt: number }>()
  readonly #options: ProjectCacheOptions
  readonly #projectId: string

  constructor(options: ProjectCacheOptions, projectId: string) {
    const { atlas, clock } = options
    this.#options = options
    this.#projectId = projectId
    this.containers = new CachedRead(() => atlas.listContainers(projectId), clock)
    this.privateIpMode = new CachedRead(() => atlas.readPrivateIpMode(projectId), clock)
    this.accessList = new CachedRead(() => atlas.listAccessList(projectId), clock)
  }

  /** The status of an entry of the access list; null when it can't be told, or in this minute that of many others was asked for. */
  async readStatus(entry: string): Promise<string | null> {
    const status = this.#statusOf(entry)
    const kept = await status?.refresh(status.kept.value === "ACTIVE" ? activeMaxAgeMs : pendingMaxAgeMs)
    return kept?.failure === null ? kept.value : null
  }

  #statusOf(entry: string): CachedRead<string> | null {
    const { atlas, clock } = this.#options
    const now = clock.now()
    for (const [other, { begunAt }] of this.#statuses)
      if (now - begunAt >= activeMaxAgeMs) this.#statuses.delete(other)
    const known = this.#statuses.get(entry)
    if (known !== undefined) return known.status
    if (this.#statuses.size >= mostStatuses) return null
    const status = new CachedRead(() => atlas.readAccessListStatus(this.#projectId, entry), clock)
    this.#statuses.set(entry, { status, begunAt: now })
    return status
  }
}
