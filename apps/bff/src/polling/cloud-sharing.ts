import { randomUUID } from "node:crypto"
import type { Watch } from "@peering-desk/shared-schemas"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createSharedRun } from "#base/shared-run.ts"
import { Notices } from "#processes/notices.ts"
import { PollLeases, type LeaseChange } from "#processes/poll-leases.ts"
import {
  leasesChanged,
  pacesChanged,
  PolledClouds,
  toCloudKey,
  type CloudName,
  type PolledCloud,
  type Turn,
} from "#processes/polled-clouds.ts"
import type { Store } from "#store/store.ts"
import type { CloudTurns } from "./cloud-turns.ts"
import type { LiveState } from "./live-state.ts"

/** The pollers of this process, which take in news of other processes. */
export interface SharedPollers {
  listWanted(): CloudName[]
  listViewed(): CloudName[]
  /** Takes in how a cloud is polled elsewhere. */
  noteShared(cloud: PolledCloud): void
  /** Begins the loop of a cloud after a while, with a poll if one is due, or ends it. */
  replan(cloud: CloudName, afterMs: number, isDue: boolean): void
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
  onLeaseChange: (change: LeaseChange) => void
}

/** Hundreds of clouds that are taken over at once are not polled at the same moment. */
const betweenTakenMs = 25
const takenBackAgainAfterMs = 1_000

/**
 * Shares the polling with other processes over one PostgreSQL: one poller for each cloud, and every process's live state follows what any
 * of them writes. Notices make it instant; the regular reads, once a second, find what a lost notice told.
 */
export class CloudSharing {
  /** Names this process among the others, in the database and in the log. */
  readonly process = randomUUID()
  readonly #deps: CloudSharingDeps
  readonly #clouds: PolledClouds
  readonly #leases: PollLeases
  readonly #notices: Notices
  readonly #catchUp: () => Promise<void>
  #pollers: SharedPollers | null = null
  #takingIn = Promise.resolve()

  constructor(deps: CloudSharingDeps) {
    const { clock, readDatabaseUrl, logger, onLeaseChange, store } = deps
    const { process } = this
    this.#deps = deps
    this.#clouds = new PolledClouds(store, process)
    this.#leases = new PollLeases({
      clouds: this.#clouds,
      clock,
      logger,
      listWanted: () => this.#pollers?.listWanted() ?? [],
      listViewed: () => this.#pollers?.listViewed() ?? [],
      onRead: async (clouds) => {
        await this.#takeIn(clouds, { isAll: true })
        await deps.refreshPaces()
      },
      onHeld: (clouds) => {
        for (const cloud of clouds) deps.turns.note(cloud, { epoch: cloud.epoch })
      },
      onChange: (cloud, change, index) => {
        onLeaseChange(change)
        // What a process saw last before it was killed may not be stored.
        this.#pollers?.replan(cloud, index * betweenTakenMs, change === "taken-over")
      },
    })
    this.#notices = new Notices({
      readDatabaseUrl,
      clouds: this.#clouds,
      clock,
      logger,
      process,
      onNotice: (words) => void this.#hear(words),
    })
    this.#catchUp = createSharedRun(async () => {
      await this.#takeIn(await this.#clouds.readSince(deps.live.versions.completeTo), { isAll: true })
    })
  }

  /** Names the pollers that take in what other processes wrote. */
  connect(pollers: SharedPollers): void {
    this.#pollers = pollers
  }

  /** Begins to poll a share of all clouds. Resolves when this process has its first ones. */
  async start(): Promise<void> {
    await Promise.all([this.#leases.renew(), this.#notices.start()])
  }

  /** Agrees with the other processes now on who polls what, as happens regularly. */
  async renew(): Promise<void> {
    await this.#leases.renew()
  }

  async stop(): Promise<void> {
    await this.#notices.stop()
    await this.#leases.stop()
  }

  get heldCount(): number {
    return this.#leases.heldCount
  }

  /** False when changes that other processes see arrive here by the regular reads only. */
  get isInstant(): boolean {
    return this.#notices.arrive
  }

  holds(cloud: CloudName): boolean {
    return this.#leases.holds(cloud)
  }

  /** Tells the other processes, and this one's leases, that somebody begins to view a project. */
  viewBegins(): void {
    void this.#leases
      .renew()
      .then(() => this.#clouds.notify(leasesChanged))
      .catch((error: unknown) =>
        this.#deps.logger.warn({ err: error }, "that a project is viewed can't be told"),
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
      this.#pollers?.replan(cloud, 0, true)
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
        turns.note(cloud, { epoch: cloud.epoch, version: cloud.version })
        live.versions.noteStored(cloud, cloud.version)
      }
    }
  }

  /** Tells the others the outcome of a poll, and when Atlas last answered. Never throws. */
  async noteChecked(cloud: CloudName, turn: Turn, watch: Watch, checkedAgoMs: number | null): Promise<void> {
    const { logger } = this.#deps
    await this.#clouds
      .noteChecked(cloud, turn, { watch: JSON.stringify(watch), checkedAgoMs })
      .catch((error: unknown) =>
        logger.warn({ err: error, ...cloud }, "the outcome of a poll can't be shared"),
      )
  }

  /** Tells the others that something shown with the peerings of a cloud changed. Never throws. */
  async touch(cloud: CloudName): Promise<void> {
    await this.#clouds.touch(cloud).catch((error: unknown) => {
      this.#deps.logger.warn({ err: error, ...cloud }, "a change can't be told to other processes")
    })
    await this.catchUp()
  }

  async #hear(words: string | null): Promise<void> {
    if (words === leasesChanged || words === pacesChanged) await this.renew()
    else await this.catchUp()
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
    if (cloud.epoch > turns.of(cloud).epoch) turns.note(cloud, { epoch: cloud.epoch })
    if (!isRefused && (cloud.version <= turns.of(cloud).version || turns.isOwn(cloud, cloud.version))) return
    await pollers.mirror(cloud)
    turns.note(cloud, { version: cloud.version })
    live.versions.noteStored(cloud, cloud.version)
  }
}
