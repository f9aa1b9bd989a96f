/** When changes whose outcome is open are looked up and settled. Times in milliseconds. */
export const usualTiming = {
  /** Open changes are read this often, and each of them is looked up. */
  lookEveryMs: 4_000,
  /** The next look does not wait longer for Atlas. */
  slowAfterMs: 2_000,
  /** Longer than a process that lives waits for Atlas's answer, or works on a change without a sign of it. */
  longestSendingMs: 40_000,
  /** Longer than Atlas takes to carry out a request, or to list what it did. */
  certainAfterMs: 25_000,
  /** Number of answers of Atlas that are needed as proof. */
  certainAfterLooks: 3,
  /** Delays before each look while a person waits. */
  lookUpDelaysMs: [0, 1_000, 3_000],
}

export type LookUpTiming = typeof usualTiming
