import { providerNames, type AtlasPeer, type ProviderName } from "@peering-desk/shared-schemas"
import { isOutage } from "#atlas/circuit.ts"
import { waitAtMost } from "#base/clock.ts"
import type { PolledCloud } from "#processes/polled-clouds.ts"
import { CloudPoller, type CloudPollerDeps } from "./cloud-poller.ts"
import type { SharedPollers } from "./cloud-sharing.ts"
import type { EventReader } from "./event-reader.ts"
import type { LiveState } from "./live-state.ts"
import {
  choosePollIntervalMs,
  computeRestingMs,
  isAtRest,
  isMoving,
  type PollIntervals,
} from "./poll-interval.ts"
import type { Cloud } from "#processes/polled-clouds.ts"

/** Requests outside a stream poll a project's peerings at most this often. */
export const freshForMs = 5_000
/** A cloud is polled at most this often, however often people press the button. */
const askedFreshForMs = 3_000
/** Hundreds of clouds that are taken over at once are not polled at the same moment. */
const betweenTakenMs = 25

/** The slowdown of each project by Atlas. */
export interface Paces {
  /** Returns the factor by which a project is polled slower than usual: 1 or more. */
  slownessOf(projectId: string): number
  /** Takes in what other processes met. Rejects when the database fails. */
  refresh(): Promise<void>
}

interface PollerPoolDeps extends CloudPollerDeps {
  events: Pick<EventReader, "afterPoll">
  intervals: PollIntervals
  paces: Pick<Paces, "slownessOf">
}

/** Holds one poller per project and cloud, and counts who views each project. */
export class PollerPool implements SharedPollers {
  readonly live: LiveState
  readonly #deps: PollerPoolDeps
  readonly #pollers = new Map<string, Map<ProviderName, CloudPoller>>()
  readonly #viewers = new Map<string, number>()
  /** Clouds of projects that somebody views at another process. */
  readonly #viewedElsewhere = new Set<CloudPoller>()
  /** Clouds at rest, which share their calls. */
  readonly #resting = new Set<CloudPoller>()
  #stopped = false

  constructor(deps: PollerPoolDeps) {
    this.#deps = deps
    this.live = deps.view.live
  }

  /** Counts the clouds that this process polls in a loop, or did. */
  get loopCount(): number {
    const { sharing } = this.#deps
    if (sharing !== null) return sharing.leads ? this.#listWanted().length : 0
    return this.#listAll().filter(({ isFollowed }) => isFollowed).length
  }

  /** The time by which the latest planned poll is late, in milliseconds. */
  get lagMs(): number {
    return Math.max(0, ...this.#listAll().map((poller) => poller.lagMs))
  }

  of(projectId: string, providerName: ProviderName): CloudPoller {
    const ofProject = this.#pollers.get(projectId) ?? new Map<ProviderName, CloudPoller>()
    const existing = ofProject.get(providerName)
    if (existing !== undefined) return existing
    const created = new CloudPoller({
      ...this.#deps,
      cloud: { projectId, providerName },
      chooseInterval: () => this.#chooseInterval(projectId, providerName),
      onAnswered: (hasChanged) => this.#afterPoll(created, hasChanged),
    })
    this.#pollers.set(projectId, ofProject.set(providerName, created))
    return created
  }

  /** The time between two polls of a cloud at rest, in milliseconds. */
  get restingMs(): number {
    return computeRestingMs(this.#resting.size)
  }

  /** Lists the peerings of a project; null when the last poll of a cloud failed, or none was made. */
  listKnown(projectId: string): AtlasPeer[] | null {
    const watches = providerNames.map((name) => this.live.watchOf(projectId, name))
    const isKnown = watches.every((watch) => watch?.checkedAt != null && watch.problem === null)
    return isKnown ? this.live.list(projectId).peerings.map(({ peer }) => peer) : null
  }

  /** Recalls a project as it was last seen. Never throws: a poll of it reports the failure. */
  async recall(projectId: string): Promise<void> {
    await this.#deps.view.load(projectId).catch((error: unknown) => {
      this.#deps.logger.error({ err: error, projectId }, "Could not read the stored connections of a project")
    })
  }

  /** Takes in what other processes wrote. Never throws. */
  async catchUp(): Promise<void> {
    await this.#deps.view.catchUp()
  }

  /** Takes in what other processes wrote where a reader has more of it than this process. Never throws. */
  async catchUpTo(lastEventId: string): Promise<void> {
    const { version } = this.live.parseId(lastEventId) ?? { version: 0 }
    if (version > this.live.stored.version) await this.catchUp()
  }

  /** Polls every cloud of a project unless its last poll is younger, and follows it from then on. */
  async poll(projectId: string, maxAgeMs: number): Promise<void> {
    await this.#deps.sharing?.catchUpProject(projectId)
    await Promise.all(
      providerNames.map((providerName) => this.of(projectId, providerName).pollCaughtUp(maxAgeMs)),
    )
  }

  /** Polls a cloud because somebody says that it changed. Never throws. */
  async pollNow(projectId: string, providerName: ProviderName): Promise<void> {
    await this.of(projectId, providerName).pollAnew(askedFreshForMs)
  }

  /** Polls like `poll`, but waits no longer than this where a last known state of every cloud can be shown instead. */
  async pollAtMost(projectId: string, maxAgeMs: number, patienceMs: number): Promise<void> {
    const polling = this.poll(projectId, maxAgeMs)
    const isKnown = providerNames.every((name) => this.live.watchOf(projectId, name)?.checkedAt != null)
    await (isKnown ? waitAtMost(this.#deps.clock, patienceMs, [polling]) : polling)
  }

  /** Counts a viewer of projects, which are polled, and calls back after each change of them, until the returned function is called. */
  follow(projectIds: readonly string[], wake: () => void): () => void {
    for (const projectId of projectIds) {
      this.#viewers.set(projectId, this.#viewersOf(projectId) + 1)
      // Only the first and the last one change the pace, and a stream is opened a thousand times as often.
      if (this.#viewersOf(projectId) > 1) continue
      this.#planAll(projectId)
      this.#deps.sharing?.viewBegins()
    }
    const unsubscribe = this.live.subscribe(projectIds, wake)
    return () => {
      unsubscribe()
      for (const projectId of projectIds) {
        this.#viewers.set(projectId, this.#viewersOf(projectId) - 1)
        if (this.#viewersOf(projectId) === 0) this.#planAll(projectId)
      }
    }
  }

  /** Plans every poll again, after the clock jumped. */
  planAgain(): void {
    for (const poller of this.#listAll()) poller.plan()
  }

  /** Polls what an outage of Atlas had failed, since Atlas answers again. */
  retryFailed(): void {
    const { sharing } = this.#deps
    for (const poller of this.#listAll()) {
      const isOurs = poller.isFollowed && sharing?.leads !== false
      if (isOurs && isOutage(poller.failure)) void poller.pollOnce(0)
    }
  }

  stop(): void {
    this.#stopped = true
    this.#deps.view.stop()
    for (const poller of this.#listAll()) poller.stop()
  }

  listViewed(): Cloud[] {
    return [...this.#viewers]
      .filter(([, count]) => count > 0)
      .flatMap(([projectId]) => providerNames.map((providerName) => ({ projectId, providerName })))
  }

  get isViewed(): boolean {
    return this.#viewedElsewhere.size > 0 || this.listViewed().length > 0
  }

  async applyRemotePoll(shared: PolledCloud): Promise<void> {
    const poller = this.of(shared.projectId, shared.providerName)
    if (shared.isFollowed || shared.isViewed) await this.recall(shared.projectId)
    poller.applyRemotePoll(shared)
    const wasViewed = this.#viewedElsewhere.has(poller)
    if (shared.isViewed === wasViewed) return
    if (shared.isViewed) this.#viewedElsewhere.add(poller)
    else this.#viewedElsewhere.delete(poller)
    poller.plan()
  }

  replanAll(areDue: boolean): void {
    for (const [index, poller] of this.#listWanted().entries()) poller.plan(index * betweenTakenMs, areDue)
  }

  /** The leader reads Atlas's events beside the polls. */
  #afterPoll(poller: CloudPoller, hasChanged: boolean): void {
    const { events, sharing } = this.#deps
    const { projectId } = poller.cloud
    if (!this.#stopped && sharing?.leads !== false)
      events.afterPoll(projectId, { isViewed: this.#isViewed(projectId, poller), hasChanged })
  }

  #isViewed(projectId: string, poller: CloudPoller): boolean {
    return this.#viewersOf(projectId) > 0 || this.#viewedElsewhere.has(poller)
  }

  #listAll(): CloudPoller[] {
    return [...this.#pollers.values()].flatMap((ofProject) => [...ofProject.values()])
  }

  #listWanted(): CloudPoller[] {
    return this.#listAll().filter(
      ({ cloud }) => this.#chooseInterval(cloud.projectId, cloud.providerName) !== null,
    )
  }

  #viewersOf(projectId: string): number {
    return this.#viewers.get(projectId) ?? 0
  }

  #planAll(projectId: string): void {
    for (const providerName of providerNames) this.of(projectId, providerName).plan()
  }

  #chooseInterval(projectId: string, providerName: ProviderName): number | null {
    const poller = this.of(projectId, providerName)
    this.#resting.delete(poller)
    if (this.#stopped) return null
    const { clock, intervals, paces } = this.#deps
    const { live } = this
    const viewed = this.#isViewed(projectId, poller)
    const { isFollowed, failure } = poller
    // A project that was removed, or taken from our key, is polled for its viewers only.
    if (!viewed && (!isFollowed || failure?.code === "project_not_found")) return null
    const peerings = live.ofCloud(projectId, providerName)
    if (isAtRest({ peerings, viewed })) this.#resting.add(poller)
    return choosePollIntervalMs(
      {
        peerings,
        viewed,
        restingClouds: this.#resting.size,
        movingClouds: providerNames.filter((name) => isMoving(live.ofCloud(projectId, name))).length,
        slowness: paces.slownessOf(projectId),
        now: clock.now(),
      },
      intervals,
    )
  }
}
