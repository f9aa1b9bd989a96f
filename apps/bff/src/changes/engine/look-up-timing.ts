/** When changes whose outcome is open are looked up and settled. Times in milliseconds. */
export interface LookUpTiming {
  /** Open changes are read this often, and each of them is looked up. */
  lookEveryMs: number
  /** The next look does not wait longer for Atlas. */
  slowAfterMs: number
  /** Longer than a process that lives waits for Atlas's answer, or works on a change without a sign of it. */
  longestSendingMs: number
  /** Longer than Atlas takes to carry out a request, or to list what it did. */
  certainAfterMs: number
  /** Number of answers of Atlas that are needed as proof. */
  certainAfterLooks: number
  /** Delays before each look while a person waits. */
  lookUpDelaysMs: readonly number[]
}

export const usualTiming: LookUpTiming = {
  lookEveryMs: 4_000,
  slowAfterMs: 2_000,
  longestSendingMs: 40_000,
  certainAfterMs: 25_000,
  certainAfterLooks: 3,
  lookUpDelaysMs: [0, 1_000, 3_000],
}
