import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { Notices } from "#processes/notices.ts"
import { LeaderLease, type Beat } from "#processes/leader-lease.ts"
import { Leader, type LeadChange } from "#processes/leader.ts"
import {
  leadChanged,
  pacesChanged,
  type PolledClouds,
  type Cloud,
  type PolledCloud,
} from "#processes/polled-clouds.ts"
import type { Store } from "#store/store.ts"
import type { LiveView } from "./live-view.ts"
import type { PollLog } from "./poll-log.ts"

/** The pollers of this process, which take in news of other processes. */
export interface SharedPollers {
  listViewed(): Cloud[]
  /** True while somebody views a project, at this process or another one. */
  readonly isViewed: boolean
  /** Takes in how a cloud is polled elsewhere. */
  applyRemotePoll(cloud: PolledCloud): Promise<void>
  /** Begins the loops of all clouds, or ends them. With `areDue` every cloud is polled again now. */
  replanAll(areDue: boolean): void
}

interface CloudSharingDeps {
  /** Names this process among the others. */
  process: string
  store: Store
  readDatabaseUrl: () => string
  clouds: PolledClouds
  view: LiveView
  pollLog: Pick<PollLog, "write">
  /** Takes in how Atlas slowed other processes down. */
  refreshPaces: () => Promise<void>
  clock: Clock
  logger: Logger
  onLeadChange: (change: LeadChange) => void
}

const viewedForMs = 5_000
/** While somebody views a project, other processes learn this often when it was polled, so that they need not poll it too. */
const viewedCheckedEveryMs = 2_000
/** Outcomes of polls are written up to this long after them. */
const checkedLateMs = 20_000

/**
 * Shares the polling with other processes over one PostgreSQL: the leader polls, and every process's live state follows what any of them
 * writes. Notices make it instant; the regular reads, once a second, find what a lost notice told.
 */
export class CloudSharing {
  readonly #deps: CloudSharingDeps
  readonly #leader: Leader
  readonly #notices: Notices
  #pollers: SharedPollers | null = null
  /** When the last news were asked for, on the clock's `elapsed`. */
  #readAt = Number.NEGATIVE_INFINITY
  #slowedAt: number | null = null
  #version: number | null = null

  constructor(deps: CloudSharingDeps) {
    const { clock, clouds, process, readDatabaseUrl, logger, store, view } = deps
    this.#deps = deps
    const lease = new LeaderLease(store, process)
    this.#leader = new Leader({
      clock,
      logger,
      beat: (leaseMs) => this.#beat(lease, leaseMs),
      async leave() {
        await lease.leave()
        await clouds.notify(leadChanged)
      },
      onBeat: async ({ news, slowedAt, version }) => {
        this.#version = version
        if (version !== view.live.stored.version) await view.catchUp()
        for (const cloud of news) await this.#pollers?.applyRemotePoll(cloud)
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
      process,
      onNotice: (words) => {
        if (words === leadChanged || words === pacesChanged) void this.renew()
        // Null when some may have been missed.
        else void view.catchUp(words === null ? Number.POSITIVE_INFINITY : Number(words))
      },
    })
  }

  /** Names this process among the others, in the database and in the log. */
  get process(): string {
    return this.#deps.process
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

  /** The version of the stored state a second ago; null before the first read. */
  get version(): number | null {
    return this.#version
  }

  /** False when changes that other processes see arrive here by the regular reads only. */
  get isInstant(): boolean {
    return this.#notices.arrive
  }

  /** Tells the leader that somebody begins to view a project. */
  viewBegins(): void {
    void this.#leader
      .renew()
      .then(() => this.#deps.clouds.notify(leadChanged))
      .catch((error: unknown) =>
        this.#deps.logger.warn({ err: error }, "Could not tell other servers that a project is viewed"),
      )
  }

  /** Takes in what other processes wrote of one project, and when they polled it. Never throws. */
  async catchUpProject(projectId: string): Promise<void> {
    const { clouds, logger, view } = this.#deps
    try {
      for (const cloud of await clouds.readProject(projectId)) await this.#pollers?.applyRemotePoll(cloud)
    } catch (error) {
      logger.warn({ err: error, projectId }, "Could not read how other servers poll a project")
    }
    await view.catchUp()
  }

  async #beat(lease: LeaderLease, leaseMs: number): Promise<Beat> {
    const { clock, clouds, pollLog } = this.#deps
    await clouds.view(this.#pollers?.listViewed() ?? [], viewedForMs)
    await pollLog.write(this.#pollers?.isViewed === true ? viewedCheckedEveryMs : undefined)
    const readAt = clock.elapsed()
    const news = clouds.selectNews(readAt - this.#readAt + checkedLateMs)
    const beat = await lease.beat(leaseMs, news)
    this.#readAt = readAt
    return beat
  }
}
