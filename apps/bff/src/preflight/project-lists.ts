import {
  providerNames,
  readAtlasPeer,
  type AddressList,
  type AtlasPeer,
  type Container,
  type PrivateIpMode,
  type ProblemCode,
  type Project,
  type ProjectAddresses,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { CachedRead, type Cached } from "#base/cached-read.ts"
import type { Limiter } from "#base/limiter.ts"
import type { ProjectCache } from "#projects/project-cache.ts"
import type { PollerPool } from "#polling/poller-pool.ts"

interface ProjectListsOptions {
  atlas: AtlasClient
  projectCache: ProjectCache
  pollers: PollerPool
  clock: Clock
  /** For what nobody waits for in particular. */
  line: Limiter
}

/** What of one project takes up addresses: each list kept and read on its own, so that none hides the others. */
export class ProjectLists {
  readonly #options: ProjectListsOptions
  readonly #projectId: string
  readonly #containers: CachedRead<Container[]>
  readonly #privateIpMode: CachedRead<PrivateIpMode>
  readonly #peers: Record<ProviderName, CachedRead<AtlasPeer[]>>

  constructor(options: ProjectListsOptions, projectId: string) {
    const { atlas, clock, projectCache } = options
    this.#options = options
    this.#projectId = projectId
    this.#containers = projectCache.of(projectId).containers
    this.#privateIpMode = projectCache.of(projectId).privateIpMode
    const peersOf = (providerName: ProviderName) =>
      new CachedRead(async () => {
        const answers = await atlas.listPeers(projectId, providerName)
        return answers.flatMap((raw) => readAtlasPeer(raw, providerName) ?? [])
      }, clock)
    this.#peers = { AWS: peersOf("AWS"), GCP: peersOf("GCP"), AZURE: peersOf("AZURE") }
  }

  /** Reads everything that is older than that, and has the project's connections looked after by its watcher. Never throws. */
  async readNow(maxAgeMs: number, modeMaxAgeMs: number): Promise<void> {
    await Promise.all([
      this.#containers.refresh(maxAgeMs),
      this.#privateIpMode.refresh(modeMaxAgeMs),
      this.#options.pollers.poll(this.#projectId, maxAgeMs),
    ])
  }

  /** The same when its turn has come, for connections that no watcher looks after; the mode is not asked for. */
  async readInLine(maxAgeMs: number): Promise<void> {
    const { pollers } = this.#options
    await Promise.all([
      this.#readInLine(this.#containers, maxAgeMs),
      ...providerNames.map((name) =>
        pollers.isPolling(this.#projectId, name)
          ? pollers.of(this.#projectId, name).poll(maxAgeMs)
          : this.#readInLine(this.#peers[name], maxAgeMs),
      ),
    ])
  }

  /**
   * What is known by now.
   * @param named whether this is the project that was asked for, whose mode is told
   */
  toAddresses(project: Project, named: boolean): ProjectAddresses {
    const containers = toList("containers", this.#containers.kept)
    const peers = providerNames.map((name) => this.#newestPeersOf(name))
    const lists = [containers, ...peers]
    const unread = lists.filter(({ readAt }) => readAt === null).map(({ name }) => name)
    const times = lists.flatMap(({ readAt }) => readAt ?? [])
    const problem = lists.flatMap((list) => list.problem ?? []).at(0)
    return {
      project,
      containers: containers.value ?? [],
      peers: peers.flatMap(({ value }) => value ?? []),
      privateIpMode: named ? (this.#privateIpMode.kept.value?.enabled ?? null) : null,
      readAt: times.length === 0 ? null : toInstant(Math.min(...times)),
      problem: problem ?? (unread.length > 0 ? "atlas_timeout" : null),
      ...(unread.length > 0 && { unread }),
    }
  }

  /** The watcher's or our own, whichever was read last: a watch begins and ends without our knowing. */
  #newestPeersOf(name: ProviderName): KnownList<AtlasPeer[]> {
    const { live } = this.#options.pollers
    const watch = live.watchOf(this.#projectId, name)
    const watched = {
      name,
      value: live.ofCloud(this.#projectId, name).map(({ peer }) => peer),
      readAt: watch?.checkedAt == null ? null : Date.parse(watch.checkedAt),
      problem: watch?.problem ?? null,
    }
    const own = toList(name, this.#peers[name].kept)
    if (own.readAt === null) return { ...watched, problem: watched.problem ?? own.problem }
    return (watched.readAt ?? 0) > own.readAt ? watched : own
  }

  async #readInLine<T>(list: CachedRead<T>, maxAgeMs: number): Promise<void> {
    if (!list.isFresh(maxAgeMs)) await this.#options.line(() => list.refresh(maxAgeMs))
  }
}

interface KnownList<T> {
  name: AddressList
  value: T | null
  readAt: number | null
  problem: ProblemCode | null
}

function toList<T>(name: AddressList, { value, readAt, failure }: Cached<T>): KnownList<T> {
  return { name, value, readAt, problem: failure?.code ?? null }
}
