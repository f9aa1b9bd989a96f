import { providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { isOutage } from "#atlas/circuit.ts"
import { CloudPoller, type CloudPollerDeps } from "./cloud-poller.ts"
import type { LiveState } from "./live-state.ts"
import { choosePollIntervalMs, isMoving, type PollIntervals } from "./poll-interval.ts"

/** Requests outside a stream poll a project's peerings at most this often. */
export const freshForMs = 5_000

interface PollerPoolDeps extends CloudPollerDeps {
  intervals: PollIntervals
}

/** Holds one poller per project and cloud, and counts who views each project. */
export class PollerPool {
  readonly live: LiveState
  readonly #deps: PollerPoolDeps
  readonly #pollers = new Map<string, CloudPoller>()
  readonly #viewers = new Map<string, number>()
  #stopped = false

  constructor(deps: PollerPoolDeps) {
    this.#deps = deps
    this.live = deps.live
  }

  /** Counts the clouds that are followed, or were. */
  get loopCount(): number {
    return [...this.#pollers.values()].filter(({ isFollowed }) => isFollowed).length
  }

  of(projectId: string, providerName: ProviderName): CloudPoller {
    const key = `${projectId} ${providerName}`
    const existing = this.#pollers.get(key)
    if (existing !== undefined) return existing
    const created = new CloudPoller({
      ...this.#deps,
      cloud: { projectId, providerName },
      chooseInterval: () => this.#chooseInterval(projectId, providerName),
    })
    this.#pollers.set(key, created)
    return created
  }

  /** Recalls a project as it was last seen. Never throws: a poll of it reports the failure. */
  async recall(projectId: string): Promise<void> {
    await this.#deps.recall(projectId).catch((error: unknown) => {
      this.#deps.logger.error({ err: error, projectId }, "a project's stored peerings can't be read")
    })
  }

  /** Polls every cloud of a project unless its last poll is younger, and follows it from then on. */
  async poll(projectId: string, maxAgeMs: number): Promise<void> {
    await Promise.all(providerNames.map((providerName) => this.of(projectId, providerName).poll(maxAgeMs)))
  }

  /** Counts a viewer of a project, which is polled until the returned function is called. */
  view(projectId: string): () => void {
    this.#viewers.set(projectId, this.#viewersOf(projectId) + 1)
    this.#planAll(projectId)
    return () => {
      this.#viewers.set(projectId, this.#viewersOf(projectId) - 1)
      this.#planAll(projectId)
    }
  }

  /** Plans every poll again, after the clock jumped. */
  planAgain(): void {
    for (const poller of this.#pollers.values()) poller.plan()
  }

  /** Polls what an outage of Atlas had failed, since Atlas answers again. */
  retryFailed(): void {
    for (const poller of this.#pollers.values())
      if (poller.isFollowed && isOutage(poller.failure)) void poller.pollOnce(0)
  }

  stop(): void {
    this.#stopped = true
    for (const poller of this.#pollers.values()) poller.stop()
  }

  #viewersOf(projectId: string): number {
    return this.#viewers.get(projectId) ?? 0
  }

  #planAll(projectId: string): void {
    for (const providerName of providerNames) this.of(projectId, providerName).plan()
  }

  #chooseInterval(projectId: string, providerName: ProviderName): number | null {
    if (this.#stopped) return null
    const { clock, live } = this.#deps
    const viewed = this.#viewersOf(projectId) > 0
    const { isFollowed, failure } = this.of(projectId, providerName)
    // A project that was removed, or taken from our key, is polled for its viewers only.
    if (!viewed && (!isFollowed || failure?.code === "project_not_found")) return null
    return choosePollIntervalMs(
      {
        peerings: live.ofCloud(projectId, providerName),
        viewed,
        movingClouds: providerNames.filter((name) => isMoving(live.ofCloud(projectId, name))).length,
        now: clock.now(),
      },
      this.#deps.intervals,
    )
  }
}
