/** One figure: ours beside a peer's that was measured in the same run, on the same machine. */
export interface Figure {
  what: string
  unit: "ms"
  ours: number
  peer: { what: string; value: number }
  /** Ours may be this much at most; null when it is shown only. */
  limit: number | null
}

/** @param share 0.5 for the median, 0.95 for p95 */
export function toQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
