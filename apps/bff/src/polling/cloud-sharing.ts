import { randomUUID } from "node:crypto"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createSharedRun } from "#base/shared-run.ts"
import { Notices } from "#processes/notices.ts"
import { CheckedClouds } from "#processes/checked-clouds.ts"
import { LeaderLease, type Beat } from "#processes/leader-lease.ts"
import { Leader, type LeadChange } from "#processes/leader.ts"
import {
  leadChanged,
  pacesChanged,
  PolledClouds,
  toCloudKey,
  toPolledCloud,
  type CloudName,
  type CloudRow,
  type PolledCloud,
} from "#processes/polled-clouds.ts"
import type { Store } from "#store/store.ts"
import type { CloudTurns } from "./cloud-turns.ts"
import type { LiveState } from "./live-state.ts"

/** The pollers of this process, which take in news of other processes. */
export interface SharedPollers {
  listViewed(): CloudName[]
  /** Takes in how a cloud is polled elsewhere. */
  noteShared(cloud: PolledCloud): void
  /** Begins the loops of all clouds, or ends them. With `areDue` every cloud is polled again now. */
  replanAll(areDue: boolean): void
  /** Polls a cloud again now, where this process is the one that polls. */
  pollAgain(cloud: CloudName): void
  /** Takes in the peerings of a cloud as they are stored. */
  mirror(cloud: CloudName): Promise<void>
}

interface CloudSharingDeps {
  store: Store
  readDatabaseUrl: () => string
  live: LiveState
  turns: CloudTurns
  /** Takes in how Atlas slowed other processes down. */
  refreshPaces: () => Promise<void>
  clock: Clock
  logger: Logger
  onLeadChange: (change: LeadChange) => void
}

const takenBackAgainAfterMs = 1_000
const viewedForMs = 5_000
/** Outcomes of polls are written up to this long after them. */
const checkedLateMs = 5_000

/**
 * Shares the polling with other processes over one PostgreSQL: the leader polls, and every process's live state follows what any of them
 * writes. Notices make it instant; the regular reads, once a second, find what a lost notice told.
 */
export class CloudSharing {
  /** Names this process among the others, in the database and in the log. */
  readonly process = randomUUID()
  readonly #deps: CloudSharingDeps
  readonly #clouds: PolledClouds
  /** Outcomes of polls, which the others learn within a second. */
  readonly checked: CheckedClouds
  readonly #leader: Leader<CloudRow>
  readonly #notices: Notices
  readonly #catchUp: () => Promise<void>
  #pollers: SharedPollers | null = null
  #takingIn = Promise.resolve()
  /** When the last news were asked for, on the clock's `elapsed`. */
  #readAt = Number.NEGATIVE_INFINITY
  #slowedAt: number | null = null

  constructor(deps: CloudSharingDeps) {
    const { clock, readDatabaseUrl, logger, store } = deps
    this.#deps = deps
    const clouds = new PolledClouds(store, this.process)
    this.#clouds = clouds
    this.checked = new CheckedClouds({ clouds, clock, logger })
    const lease = new LeaderLease(store, this.process)
    this.#leader = new Leader({
      clock,
      logger,
      beat: (leaseMs) => this.#beat(lease, leaseMs),
      async leave() {
        await lease.leave()
        await clouds.notify(leadChanged)
      },
      onBeat: async ({ news, slowedAt }) => {
        await this.#takeIn(news.map(toPolledCloud), { isAll: true })
        if (slowedAt !== this.#slowedAt) await deps.refreshPaces()
        this.#slowedAt = slowedAt
      },
      onChange: (change) => {
        deps.onLeadChange(change)
        // What a process saw last before it was killed may not be stored.
        this.#pollers?.replanAll(change === "taken-over")
      },
    })
    this.#notices = new Notices({
      readDatabaseUrl,
      clouds,
      clock,
      logger,
      process: this.process,
      onNotice: (words) =>
        void (words === leadChanged || words === pacesChanged ? this.renew() : this.catchUp()),
    })
    this.#catchUp = createSharedRun(async () => {
      await this.#takeIn(await clouds.readSince(deps.live.versions.completeTo), { isAll: true })
    })
  }

  /** Names the pollers that take in what other processes wrote. */
  connect(pollers: SharedPollers): void {
    this.#pollers = pollers
  }

  /** Leads if no other process does. Resolves when that is known. */
  async start(): Promise<void> {
    await Promise.all([this.#leader.renew(), this.#notices.start()])
  }

  /** Renews the lease of the leader, or looks whether it is free, and reads what is new, as happens regularly. */
  async renew(): Promise<void> {
    await this.#leader.renew()
  }

  async stop(): Promise<void> {
    await this.#notices.stop()
    await this.#leader.stop()
  }

  /** True while this process polls for all. */
  get leads(): boolean {
    return this.#leader.leads
  }

  /** False when changes that other processes see arrive here by the regular reads only. */
  get isInstant(): boolean {
    return this.#notices.arrive
  }

  /** Tells the leader that somebody begins to view a project. */
  viewBegins(): void {
    void this.#leader
      .renew()
      .then(() => this.#clouds.notify(leadChanged))
      .catch((error: unknown) =>
        this.#deps.logger.warn({ err: error }, "That a project is viewed can't be told to other servers"),
      )
  }

  /** Takes in what other processes wrote. Never throws: on a failure everything stays as it was. */
  async catchUp(): Promise<void> {
    await this.#catchUp().catch((error: unknown) => {
      this.#deps.logger.warn({ err: error }, "what other processes wrote can't be read")
    })
  }

  /** Takes in what other processes wrote of one project, and when they polled it. Never throws. */
  async catchUpProject(projectId: string): Promise<void> {
    try {
      await this.#takeIn(await this.#clouds.readProject(projectId))
    } catch (error) {
      this.#deps.logger.warn({ err: error, projectId }, "what other processes wrote can't be read")
    }
  }

  /**
   * Shows a cloud as it is stored, after what a poll found of it was refused. Nothing of that poll may stay, so the poller asks Atlas again
   * at once. Never throws: it is tried again while the database fails.
   */
  async takeBack(cloud: CloudName): Promise<void> {
    const { clock, logger } = this.#deps
    const key = toCloudKey(cloud)
    try {
      const stored = await this.#clouds.readProject(cloud.projectId)
      await this.#takeIn(
        stored.filter((one) => toCloudKey(one) === key),
        { isRefused: true },
      )
      this.#pollers?.pollAgain(cloud)
    } catch (error) {
      logger.warn({ err: error, ...cloud }, "what is stored of a cloud can't be read")
      clock.after(takenBackAgainAfterMs, () => void this.takeBack(cloud))
    }
  }

  /** Reads the versions of a project before its peerings are read, so that these are not older. */
  async beginRecall(projectId: string): Promise<() => void> {
    const { live, turns } = this.#deps
    const clouds = await this.#clouds.readProject(projectId)
    return () => {
      for (const cloud of clouds) {
        turns.noteVersion(cloud, cloud.version)
        live.versions.noteStored(cloud, cloud.version)
      }
    }
  }

  /** Tells the others that something shown with the peerings of a cloud changed. Never throws. */
  async touch(cloud: CloudName): Promise<void> {
    await this.#clouds.touch(cloud).catch((error: unknown) => {
      this.#deps.logger.warn({ err: error, ...cloud }, "a change can't be told to other processes")
    })
    await this.catchUp()
  }

  async #beat(lease: LeaderLease, leaseMs: number): Promise<Beat<CloudRow>> {
    const { clock, live } = this.#deps
    await this.#clouds.view(this.#pollers?.listViewed() ?? [], viewedForMs)
    await this.checked.write()
    const readAt = clock.elapsed()
    const since = { version: live.versions.completeTo, sinceMs: readAt - this.#readAt + checkedLateMs }
    const beat = await lease.beat<CloudRow>(leaseMs, this.#clouds.selectNews(since))
    this.#readAt = readAt
    return beat
  }

  /**
   * One after another, so that what was read earlier is never put over what was read later.
   * @param isAll whether these are all clouds with changes that the live state lacks
   * @param isRefused whether the live state has changes that are not stored and never will be
   */
  #takeIn(
    clouds: readonly PolledCloud[],
    { isAll = false, isRefused = false }: { isAll?: boolean; isRefused?: boolean } = {},
  ): Promise<void> {
    const takenIn = this.#takingIn.then(async () => {
      for (const cloud of clouds) await this.#takeInCloud(cloud, isRefused)
      if (isAll) this.#deps.live.versions.noteComplete(Math.max(0, ...clouds.map(({ version }) => version)))
    })
    this.#takingIn = takenIn.catch(() => undefined)
    return takenIn
  }

  async #takeInCloud(cloud: PolledCloud, isRefused: boolean): Promise<void> {
    const { live, turns } = this.#deps
    const pollers = this.#pollers
    if (pollers === null) return
    pollers.noteShared(cloud)
    if (!isRefused && (cloud.version <= turns.of(cloud).version || turns.isOwn(cloud, cloud.version))) return
    await pollers.mirror(cloud)
    turns.noteVersion(cloud, cloud.version)
    live.versions.noteStored(cloud, cloud.version)
  }
}
