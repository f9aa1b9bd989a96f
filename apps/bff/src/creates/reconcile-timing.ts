import { lookUpDelaysMs } from "#changes/engine/send-once.ts"

/** When creates whose outcome is open are looked up, taken over and settled. Times in milliseconds. */
export interface ReconcileTiming {
  pollEveryMs: number
  /** Lists that are needed as proof follow each other this soon once enough time has passed. */
  proveEveryMs: number
  /** The others are looked up again after this long, also while Atlas has not answered about one. */
  slowAfterMs: number
  /** A process renews its hold on the creates that it looks up this often. */
  renewEveryMs: number
  /**
   * A create that is looked up and was not renewed for this long has lost its process, though none is known to be gone. Longer than the
   * time between two renewals, which is at most `renewEveryMs`, `slowAfterMs` and `pollEveryMs` together.
   */
  releasedAfterMs: number
  /**
   * An intent that is being sent and was untouched for this long has lost its process, though none is known to be gone. Longer than any
   * create takes from its last step to its answer.
   */
  orphanedAfterMs: number
  /** This long after the last sending, Atlas's list proves whether anything was made. */
  certainAfterMs: number
  /** Number of lists without the peering that are needed as proof. */
  certainAfterPolls: number
  /** Delays before each lookup while a person waits. */
  lookUpDelaysMs: readonly number[]
}

export const usualTiming: ReconcileTiming = {
  pollEveryMs: 4_000,
  proveEveryMs: 1_000,
  slowAfterMs: 2_000,
  renewEveryMs: 1_500,
  releasedAfterMs: 8_000,
  orphanedAfterMs: 20_000,
  certainAfterMs: 25_000,
  certainAfterPolls: 3,
  lookUpDelaysMs,
}
