import type { Container, KeyMayCreate, Project, ProjectAddresses } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { AppError } from "#base/app-error.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import type { Cached } from "#base/cached-read.ts"
import { createLimiter } from "#base/limiter.ts"
import { shownMaxAgeMs, type ProjectCache } from "#projects/project-cache.ts"
import { mayView, type Access } from "#sign-in/access.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import { ProjectLists } from "./project-lists.ts"

interface SnapshotReaderOptions {
  atlas: AtlasClient
  projectCache: ProjectCache
  pollers: PollerPool
  clock: Clock
  /** Whether the Atlas key behind a project may create connections there. */
  mayCreateIn: (projectId: string) => KeyMayCreate
  /** How many connections Atlas allows a project. */
  peersPerProject: number
}

const othersMaxAgeMs = 60_000
/** An answer waits no longer than this for other projects; what is missing by then is said to be, and comes with a later one. */
const othersWaitMs = 8_000
const listsAtOnce = 8

/** Reads what takes up addresses, in one project and everywhere else, and keeps it so that many may ask often. */
export class SnapshotReader {
  readonly #options: SnapshotReaderOptions
  readonly #line = createLimiter(listsAtOnce)
  readonly #lists = new Map<string, ProjectLists>()

  constructor(options: SnapshotReaderOptions) {
    this.#options = options
  }

  /**
   * What a draft in one project is judged by: that project, at most ten seconds old, and every other one that the person may see.
   * A list that fails is told of in its project and hides nothing else. The person's right to the project is checked before.
   */
  async readSnapshot(projectId: string, access: Access) {
    const { peersPerProject } = this.#options
    // Without a list of projects the one that is named is still known, by its id.
    const all = await this.readAll(access, projectId).catch((thrown: unknown) => {
      if (thrown instanceof AppError) return []
      throw thrown
    })
    const here =
      all.find(({ project }) => project.id === projectId) ??
      this.#listsOf(projectId).toAddresses(this.#toShown({ id: projectId, name: projectId }), true)
    return { here, elsewhere: all.filter((one) => one !== here), peersPerProject }
  }

  /**
   * Every project that the person may see, by name.
   * @param named the one that has to be at most ten seconds old; null when none has to be
   * @throws AppError when the projects cannot be listed and never were
   */
  async readAll(access: Access, named: string | null): Promise<ProjectAddresses[]> {
    const listing = this.#listProjects(named)
    // What becomes of that is looked at below; without the projects the named one is still read.
    listing.catch(() => undefined)
    if (named !== null) await this.#listsOf(named).readNow(shownMaxAgeMs, othersMaxAgeMs)
    const projects = await listing
    const seen = projects.filter(({ id }) => mayView(access, id))
    const others = seen.filter(({ id }) => id !== named).map(({ id }) => this.#listsOf(id))
    const reads = others.map((lists) => lists.readInLine(othersMaxAgeMs))
    await waitAtMost(this.#options.clock, othersWaitMs, reads)
    return seen
      .map((project) => this.#listsOf(project.id).toAddresses(this.#toShown(project), project.id === named))
      .sort((one, other) => one.project.name.localeCompare(other.project.name))
  }

  /**
   * The projects that the person may see, by name.
   * @throws AppError when they cannot be listed and never were
   */
  async readProjects(access: Access): Promise<Project[]> {
    return (await this.#listProjects(null))
      .filter(({ id }) => mayView(access, id))
      .map((project) => this.#toShown(project))
      .sort((one, other) => one.name.localeCompare(other.name))
  }

  /** The containers of a project, no older than that. Never throws. */
  async readContainers(projectId: string, maxAgeMs = shownMaxAgeMs): Promise<Cached<Container[]>> {
    return await this.#options.projectCache.of(projectId).containers.refresh(maxAgeMs)
  }

  /** The same as they are known by now. */
  keptContainers(projectId: string): Cached<Container[]> {
    return this.#options.projectCache.of(projectId).containers.kept
  }

  /** The name of a project; null when it cannot be told. Never throws. */
  async readProjectName(projectId: string): Promise<string | null> {
    const { value } = await this.#options.projectCache.projects.refresh(othersMaxAgeMs)
    return value?.find(({ id }) => id === projectId)?.name ?? null
  }

  async #listProjects(named: string | null): Promise<Project[]> {
    let { value, failure } = await this.#options.projectCache.projects.refresh(othersMaxAgeMs)
    if (named !== null && value?.every(({ id }) => id !== named))
      ({ value, failure } = await this.#options.projectCache.projects.refresh(shownMaxAgeMs))
    if (value === null) throw failure ?? new AppError("internal_error")
    return value
  }

  #listsOf(projectId: string): ProjectLists {
    const known = this.#lists.get(projectId)
    if (known !== undefined) return known
    const lists = new ProjectLists({ ...this.#options, line: this.#line }, projectId)
    this.#lists.set(projectId, lists)
    return lists
  }

  #toShown(project: Project): Project {
    return { ...project, keyMayCreate: this.#options.mayCreateIn(project.id) }
  }
}
