import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toCloudKey, type CheckedCloud, type CloudName, type PolledClouds } from "./polled-clouds.ts"

interface CheckedCloudsDeps {
  clouds: PolledClouds
  clock: Clock
  logger: Logger
}

/** Collects the outcomes of polls, which are written together. */
export class CheckedClouds {
  readonly #deps: CheckedCloudsDeps
  readonly #checked = new Map<string, { outcome: Omit<CheckedCloud, "checkedAgoMs">; at: number | null }>()

  constructor(deps: CheckedCloudsDeps) {
    this.#deps = deps
  }

  /**
   * Takes an outcome.
   * @param checkedAgoMs since Atlas answered; null when it did not
   */
  note(cloud: CloudName, { watch, checkedAgoMs }: Pick<CheckedCloud, "watch" | "checkedAgoMs">): void {
    const at = checkedAgoMs === null ? null : this.#deps.clock.elapsed() - checkedAgoMs
    this.#checked.set(toCloudKey(cloud), { outcome: { ...cloud, watch }, at })
  }

  /** Writes what was collected. Never throws: a failure loses it, and the next polls tell it again. */
  async write(): Promise<void> {
    const { clock, clouds, logger } = this.#deps
    if (this.#checked.size === 0) return
    const checked = [...this.#checked.values()].map(({ outcome, at }) => ({
      ...outcome,
      checkedAgoMs: at === null ? null : clock.elapsed() - at,
    }))
    this.#checked.clear()
    await clouds.noteChecked(checked).catch((error: unknown) => {
      logger.warn({ err: error, clouds: checked.length }, "Outcomes of polls can't be told to other servers")
    })
  }
}
