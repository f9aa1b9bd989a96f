import { toNetworkName } from "@peering-desk/peering-rules"
import {
  providerNames,
  readAtlasPeer,
  type AtlasPeer,
  type PeeringDraft,
  type Project,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { AppError, ignoring } from "#base/app-error.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { createKeptValues } from "#base/kept-values.ts"
import { createLimiter } from "#base/limiter.ts"
import { readListedNetworks } from "#cloud-accounts/account-rows.ts"
import { readProvingFacts } from "#facts/network-facts.ts"
import { isOfNetwork } from "#facts/own-network.ts"
import { JsonText } from "#http/json-text.ts"
import type { Policies } from "#policies/policies.ts"
import { otherMaxAgeMs, shownMaxAgeMs, toSharedMaxAge } from "#projects/project-cache.ts"
import { mayView, type Access } from "#sign-in/access.ts"
import type { Store } from "#store/store.ts"
import { AddressBuilder, type AddressDeps } from "./project-addresses.ts"

interface SnapshotReaderDeps extends AddressDeps {
  clock: Clock
  /** Returns the kind of the Atlas key behind a project, and whether it may create peerings there. */
  rightsIn: (projectId: string) => Pick<Project, "keyKind" | "apiVersion" | "keyMayCreate">
  policies: Pick<Policies, "judgeCreate">
  store: Pick<Store, "db">
  /** Atlas's limit on the peerings of a project. */
  peersPerProject: number
}

/** An answer waits at most this long for other projects. A later answer has what is missing by then. */
const othersWaitMs = 8_000
const readsAtOnce = 8

/** Reads what occupies addresses in one project and in all others that a person may see. */
export class SnapshotReader {
  readonly #deps: SnapshotReaderDeps
  readonly #addresses: AddressBuilder
  readonly #byName = createKeptValues<readonly Project[], readonly Project[]>()
  /** For reads that nobody waits for in particular. */
  readonly #limit = createLimiter(readsAtOnce)

  constructor(deps: SnapshotReaderDeps) {
    this.#deps = deps
    this.#addresses = new AddressBuilder(deps)
  }

  /**
   * Reads what a draft in one project is judged by: that project, its cloud there at most ten seconds old, and all others that the person
   * may see. The caller checks the person's right to the project.
   * @param providerName the draft's cloud, of which the caller took in the news; all of the project's are that young without it
   */
  async readSnapshot(projectId: string, access: Access, providerName: ProviderName | null = null) {
    const { clock, peersPerProject } = this.#deps
    // Without the list of projects the named one is still known by its id.
    const all = (await this.readAll(access, projectId, providerName).catch(ignoring())) ?? []
    const here =
      all.find(({ project }) => project.id === projectId) ??
      this.#addresses.build(this.addKey({ id: projectId, name: projectId }), true)
    return { here, otherProjects: all.filter((one) => one !== here), peersPerProject, now: clock.now() }
  }

  /** Returns what was pasted and read about the draft's network and about other networks with the same container. */
  async readFacts({ id }: Pick<Project, "id">, draft: PeeringDraft, peers: readonly AtlasPeer[]) {
    const { providerName, request } = draft
    const own = readAtlasPeer({ ...request, id: "draft" }, providerName)
    const beside = peers.filter(
      (peer) => peer.providerName === providerName && peer.containerId === request["containerId"],
    )
    const names = [...(own === null ? [] : [own]), ...beside].flatMap((peer) => toNetworkName(peer) ?? [])
    const { db } = this.#deps.store
    const proving = await readProvingFacts(db, id, [...new Set(names)])
    if (own === null || providerName !== "AWS") return proving
    // A VPC that no connection names is known by its listing alone.
    const listed = (await readListedNetworks(db, id)).filter((facts) => isOfNetwork(facts, own))
    return [...proving, ...listed]
  }

  /**
   * Returns what the organization's resource policies say of a draft; null while its network is not complete. Never throws.
   * @param without id of a peering that is deleted before; null for none
   */
  async judgePolicies(projectId: string, { providerName, request }: PeeringDraft, without: string | null) {
    return await this.#deps.policies.judgeCreate(projectId, { ...request, providerName }, without)
  }

  /**
   * Reads every project that the person may see, by name.
   * @param named the project to read no older than ten seconds; null for none
   * @param providerName the one of its clouds that this matters for; null for all
   * @throws AppError when the projects can't be listed and never were
   */
  async readAll(
    access: Access,
    named: string | null,
    providerName: ProviderName | null = null,
  ): Promise<ProjectAddresses[]> {
    const listing = this.#listProjects(named)
    // Handled below. The named project is read even without the list.
    listing.catch(() => undefined)
    if (named !== null) await this.#readNamed(named, providerName)
    const projects = this.#sortByName(await listing).filter(({ id }) => mayView(access, id))
    const maxAgeMs = toSharedMaxAge(projects.length)
    const reads = projects.filter(({ id }) => id !== named).map(({ id }) => this.#readOther(id, maxAgeMs))
    await waitAtMost(this.#deps.clock, othersWaitMs, reads)
    return projects.map((project) => this.#addresses.build(this.addKey(project), project.id === named))
  }

  /**
   * Reads the projects that the person may see, by name, as Atlas lists them.
   * @throws AppError when they can't be listed and never were
   */
  async readProjects(access: Access): Promise<Project[]> {
    return this.#sortByName(await this.#listProjects(null)).filter(({ id }) => mayView(access, id))
  }

  /** Writes what `readAll` gave as JSON that all viewers share. */
  toJson(projects: readonly ProjectAddresses[]): JsonText {
    const pieces = projects.flatMap((project, at) => [at === 0 ? "" : ",", this.#addresses.toJson(project)])
    return new JsonText(['{"projects":[', ...pieces, "]}"])
  }

  /** Adds the kind of a project's Atlas key, and whether it may create peerings there. */
  addKey(project: Project): Project {
    return { ...project, ...this.#deps.rightsIn(project.id) }
  }

  #sortByName(projects: readonly Project[]): readonly Project[] {
    return this.#byName(projects, [], () =>
      projects.toSorted((one, other) => one.name.localeCompare(other.name)),
    )
  }

  async #listProjects(named: string | null): Promise<Project[]> {
    const { projects } = this.#deps.projectCache
    let { value, failure } = await projects.refresh(otherMaxAgeMs)
    if (named !== null && value?.every(({ id }) => id !== named))
      ({ value, failure } = await projects.refresh(shownMaxAgeMs))
    if (value === null) throw failure ?? new AppError("internal_error")
    return value
  }

  async #readNamed(projectId: string, providerName: ProviderName | null): Promise<void> {
    const { pollers, projectCache } = this.#deps
    const { containers, privateIpMode } = projectCache.of(projectId)
    await Promise.all([
      containers.refresh(shownMaxAgeMs),
      privateIpMode.refresh(otherMaxAgeMs),
      ...(providerName === null
        ? [pollers.poll(projectId, shownMaxAgeMs)]
        : providerNames.map((name) =>
            pollers.of(projectId, name).pollCaughtUp(name === providerName ? shownMaxAgeMs : otherMaxAgeMs),
          )),
    ])
  }

  async #readOther(projectId: string, maxAgeMs: number): Promise<void> {
    const { pollers, projectCache } = this.#deps
    const { containers } = projectCache.of(projectId)
    const clouds = providerNames.map((name) => pollers.of(projectId, name))
    await Promise.all([
      containers.isFresh(maxAgeMs) || this.#limit(() => containers.refresh(maxAgeMs)),
      ...clouds.map((cloud) => cloud.isFresh(maxAgeMs) || this.#limit(() => cloud.pollOnce(maxAgeMs))),
    ])
  }
}
