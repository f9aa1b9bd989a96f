import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { createSharedRun } from "#base/shared-run.ts"
import { toCloudKey, type CloudName, type PolledCloud, type PolledClouds } from "./polled-clouds.ts"

/** `taken-over`: of a process that ended without giving it back. */
export type LeaseChange = "taken" | "taken-over" | "lost" | "given-back"

interface PollLeasesDeps {
  clouds: PolledClouds
  clock: Clock
  logger: Logger
  /** Returns the clouds that some process has to poll. */
  listWanted: () => CloudName[]
  /** Returns the clouds that somebody views at this process. */
  listViewed: () => CloudName[]
  /** Takes in what the processes share, before leases are chosen. */
  onRead: (clouds: readonly PolledCloud[]) => Promise<void>
  /** Called with the clouds that this process polls from now on or still, before `onChange`. */
  onHeld: (clouds: readonly PolledCloud[]) => void
  /** Called for each cloud of which this process begins or ceases to be the poller, with its number among those of one moment. */
  onChange: (cloud: CloudName, change: LeaseChange, index: number) => void
}

/**
 * A lease lasts this long without being renewed: a process that was killed and started again polls within three seconds. A poller that
 * could not renew it stops before, at two thirds.
 */
const leaseMs = 2_400
const renewEveryMs = leaseMs / 3
const trustedMs = (leaseMs * 2) / 3
const viewedForMs = 5_000

/**
 * Shares the polling of all clouds among the processes that live: each cloud has one poller at a time, and each process about as many
 * clouds as the others. When a process dies, the others take its clouds over once its leases ran out.
 */
export class PollLeases {
  /** Renews the leases now. Never throws. */
  readonly renew: () => Promise<void>
  readonly #deps: PollLeasesDeps
  #held = new Map<string, CloudName>()
  #renewedAt = Number.NEGATIVE_INFINITY
  #cancelNext = () => {}
  #stopped = false

  constructor(deps: PollLeasesDeps) {
    this.#deps = deps
    this.renew = createSharedRun(() => this.#renewAndPlan())
  }

  /** Counts the clouds of which this process is the poller. */
  get heldCount(): number {
    return this.#isTrusted() ? this.#held.size : 0
  }

  /** Returns whether this process is the poller of a cloud, and may trust that nobody took it over. */
  holds(cloud: CloudName): boolean {
    return this.#held.has(toCloudKey(cloud)) && this.#isTrusted()
  }

  /** Gives all leases back, so that others need not wait until they run out. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.renew()
    this.#cancelNext()
    this.#replace(new Map(), "given-back")
    await this.#deps.clouds.leave().catch((error: unknown) => {
      this.#deps.logger.warn({ err: error }, "the polling can't be handed over; others take it in seconds")
    })
  }

  #isTrusted(): boolean {
    return this.#deps.clock.elapsed() - this.#renewedAt < trustedMs
  }

  async #renewAndPlan(): Promise<void> {
    if (this.#stopped) return
    const { clock, logger } = this.#deps
    this.#cancelNext()
    // Polls that were due meanwhile did not run. A cloud that no other process took is planned again.
    this.#dropUnlessTrusted()
    let nextMs = renewEveryMs
    try {
      nextMs = Math.min(nextMs, await this.#renewNow())
    } catch (error) {
      logger.error({ err: error }, "which process polls what can't be agreed upon")
    }
    this.#dropUnlessTrusted()
    this.#cancelNext = clock.after(nextMs, () => void this.renew())
  }

  #dropUnlessTrusted(): void {
    if (!this.#isTrusted()) this.#replace(new Map(), "lost")
  }

  /** @returns when a killed process would let go of its first cloud or of its share, in milliseconds from now */
  async #renewNow(): Promise<number> {
    const { clock, clouds, listViewed, listWanted, onHeld, onRead } = this.#deps
    const { others, firstEndsInMs } = await clouds.beat(leaseMs)
    await clouds.view(listViewed(), viewedForMs)
    const known = await clouds.readAll()
    await onRead(known)
    const chosen = chooseClouds(listWanted(), known, others)
    const kept = new Set(chosen.map(toCloudKey))
    const surplus = known.filter((cloud) => cloud.isHeld && !kept.has(toCloudKey(cloud)))
    if (surplus.length > 0) {
      const left = [...this.#held].filter(([key]) => kept.has(key))
      this.#replace(new Map(left), "given-back")
      await clouds.release(surplus)
    }
    // From before the statement, since its answer may come late.
    const askedAt = clock.elapsed()
    const held = await clouds.hold(chosen, leaseMs)
    onHeld(held)
    this.#renewedAt = askedAt
    const orphans = new Set(known.filter(({ isOrphaned }) => isOrphaned).map(toCloudKey))
    this.#replace(new Map(held.map((cloud) => [toCloudKey(cloud), cloud])), "lost", orphans)
    return Math.min(firstEndsInMs, ...known.map((cloud) => cloud.heldElsewhereForMs).filter((ms) => ms > 0))
  }

  #replace(held: Map<string, CloudName>, ended: LeaseChange, orphans: ReadonlySet<string> = new Set()): void {
    const before = this.#held
    this.#held = held
    const gone = [...before].filter(([key]) => !held.has(key))
    const added = [...held].filter(([key]) => !before.has(key))
    for (const [index, [, cloud]] of gone.entries()) this.#deps.onChange(cloud, ended, index)
    for (const [index, [key, cloud]] of added.entries())
      this.#deps.onChange(cloud, orphans.has(key) ? "taken-over" : "taken", index)
  }
}

/** Chooses what to hold: what is held already, then what nobody holds, up to a fair share. One more than that keeps shares at rest. */
function chooseClouds(
  wanted: readonly CloudName[],
  known: readonly PolledCloud[],
  others: number,
): CloudName[] {
  const mine = new Set(known.filter(({ isHeld }) => isHeld).map(toCloudKey))
  const theirs = new Set(known.filter((cloud) => cloud.heldElsewhereForMs > 0).map(toCloudKey))
  const free = wanted.filter((cloud) => !theirs.has(toCloudKey(cloud)))
  const share = others === 0 ? wanted.length : Math.ceil(wanted.length / (others + 1)) + 1
  return [
    ...free.filter((cloud) => mine.has(toCloudKey(cloud))),
    ...free.filter((cloud) => !mine.has(toCloudKey(cloud))),
  ].slice(0, share)
}
