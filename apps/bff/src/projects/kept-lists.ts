import type { AccessListEntry, Container, PrivateIpMode, Project } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import { KeptRead } from "#base/kept-read.ts"

interface KeptListsOptions {
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
export class KeptLists {
  readonly projects: KeptRead<Project[]>
  readonly #options: KeptListsOptions
  readonly #byProject = new Map<string, KeptProject>()

  constructor(options: KeptListsOptions) {
    this.#options = options
    this.projects = new KeptRead(() => options.atlas.listProjects(), options.clock)
  }

  of(projectId: string): KeptProject {
    const known = this.#byProject.get(projectId)
    if (known !== undefined) return known
    const kept = new KeptProject(this.#options, projectId)
    this.#byProject.set(projectId, kept)
    return kept
  }
}

/** The same of one project. */
class KeptProject {
  readonly containers: KeptRead<Container[]>
  readonly privateIpMode: KeptRead<PrivateIpMode>
  readonly accessList: KeptRead<AccessListEntry[]>
  readonly #statuses = new Map<string, { status: KeptRead<string>; begunAt: number }>()
  readonly #options: KeptListsOptions
  readonly #projectId: string

  constructor(options: KeptListsOptions, projectId: string) {
    const { atlas, clock } = options
    this.#options = options
    this.#projectId = projectId
    this.containers = new KeptRead(() => atlas.listContainers(projectId), clock)
    this.privateIpMode = new KeptRead(() => atlas.readPrivateIpMode(projectId), clock)
    this.accessList = new KeptRead(() => atlas.listAccessList(projectId), clock)
  }

  /** The status of an entry of the access list; null when it can't be told, or in this minute that of many others was asked for. */
  async readStatus(entry: string): Promise<string | null> {
    const status = this.#statusOf(entry)
    const kept = await status?.refresh(status.kept.value === "ACTIVE" ? activeMaxAgeMs : pendingMaxAgeMs)
    return kept?.failure === null ? kept.value : null
  }

  #statusOf(entry: string): KeptRead<string> | null {
    const { atlas, clock } = this.#options
    const now = clock.now()
    for (const [other, { begunAt }] of this.#statuses)
      if (now - begunAt >= activeMaxAgeMs) this.#statuses.delete(other)
    const known = this.#statuses.get(entry)
    if (known !== undefined) return known.status
    if (this.#statuses.size >= mostStatuses) return null
    const status = new KeptRead(() => atlas.readAccessListStatus(this.#projectId, entry), clock)
    this.#statuses.set(entry, { status, begunAt: now })
    return status
  }
}
