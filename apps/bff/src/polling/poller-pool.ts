import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { CloudPoller } from "./cloud-poller.ts"
import type { PollLog } from "./poll-log.ts"
import type { LiveState } from "./live-state.ts"
import type { PollMemory } from "./poll-memory.ts"
import type { Annotations } from "./annotations.ts"
import { isMoving, choosePollIntervalMs } from "./poll-interval.ts"

interface PollerPoolOptions {
  atlas: AtlasClient
  live: LiveState
  memory: PollMemory
  records: Annotations
  log: PollLog
  containersChanged: (projectId: string) => void
  clock: Clock
  logger: Logger
}

/** However many read a project's connections, Atlas is asked for them no more often than this, in milliseconds. */
export const freshForMs = 5_000

/** Keeps the board true: one loop a project and cloud, however many people look. */
export class PollerPool {
  readonly live: LiveState
  readonly #options: PollerPoolOptions
  readonly #clouds = new Map<string, CloudPoller>()
  readonly #viewers = new Map<string, number>()
  #stopped = false

  constructor(options: PollerPoolOptions) {
    this.#options = options
    this.live = options.live
  }

  /** How many clouds of how many projects are watched, or were. */
  get loopCount(): number {
    return this.#clouds.size
  }

  of(projectId: string, providerName: ProviderName): CloudPoller {
    const key = `${projectId} ${providerName}`
    const existing = this.#clouds.get(key)
    if (existing !== undefined) return existing
    const pace = () => this.#choosePollIntervalMs(projectId, providerName)
    const created = new CloudPoller({ ...this.#options, projectId, providerName, pace })
    this.#clouds.set(key, created)
    return created
  }

  /** Has the board know what was known of a project when the server last ran. Never throws: whoever looks is told of failures. */
  async recall(projectId: string): Promise<void> {
    await this.#options.memory.recall(projectId).catch((error: unknown) => {
      this.#options.logger.error({ err: error, projectId }, "what was seen of a project can't be read")
    })
  }

  /** Looks at every cloud of a project, unless the last look is younger than that. */
  async poll(projectId: string, maxAgeMs: number): Promise<void> {
    await Promise.all(providerNames.map((providerName) => this.of(projectId, providerName).poll(maxAgeMs)))
  }

  /** Somebody looks at a project: it is watched until the returned function is called. */
  view(projectId: string): () => void {
    this.#viewers.set(projectId, this.#viewersOf(projectId) + 1)
    this.#planAll(projectId)
    return () => {
      this.#viewers.set(projectId, this.#viewersOf(projectId) - 1)
      this.#planAll(projectId)
    }
  }

  /** Whether the board is kept true for that cloud of a project without anybody's asking. */
  isWatching(projectId: string, providerName: ProviderName): boolean {
    return this.#choosePollIntervalMs(projectId, providerName) !== null
  }

  stop(): void {
    this.#stopped = true
    for (const cloud of this.#clouds.values()) cloud.stop()
  }

  #viewersOf(projectId: string): number {
    return this.#viewers.get(projectId) ?? 0
  }

  #planAll(projectId: string): void {
    for (const providerName of providerNames) this.of(projectId, providerName).plan()
  }

  #choosePollIntervalMs(projectId: string, providerName: ProviderName): number | null {
    if (this.#stopped) return null
    const { live, clock } = this.#options
    const viewed = this.#viewersOf(projectId) > 0
    // It was removed, or taken from the key: nobody sees it, so asking on for ever tells nobody anything.
    if (!viewed && this.of(projectId, providerName).failure?.code === "project_not_found") return null
    const movingClouds = providerNames.filter((name) => isMoving(live.ofCloud(projectId, name))).length
    return choosePollIntervalMs({
      peerings: live.ofCloud(projectId, providerName),
      viewed,
      movingClouds,
      now: clock.now(),
    })
  }
}
