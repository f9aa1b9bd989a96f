/** Something that was measured, counted or tried. */
export interface Figure {
  what: string
  /** Ours. Null when this machine cannot try it. */
  seen: number | null
  /** "s", "ms", "µs", "KB", "a minute"…; empty for a plain count. */
  unit: string
  /** Somebody else who does the same in the same run. */
  peer?: { what: string; value: number } | null
  /** In the figure's unit, or as a multiple of the peer. Null when it is shown only. */
  goal: { atMost: number; of?: "unit" | "peer" } | { atLeast: number } | null
  /** What was tried and what limits it. The report shows it when the goal is missed. */
  limitedBy?: string
  /** What a try saw, or why it failed. A figure with it is a line of the report instead of a row; it may be empty. */
  detail?: string
}

export const verdicts = ["ok", "MISS", "shown", "not run"] as const
export type Verdict = (typeof verdicts)[number]

/** Compares a figure with its goal. A figure that is no number misses every goal. */
export function judge({ seen, peer, goal }: Figure): Verdict {
  if (seen === null) return "not run"
  if (goal === null) return "shown"
  if ("atLeast" in goal) return seen >= goal.atLeast ? "ok" : "MISS"
  const limit = goal.of === "peer" ? goal.atMost * (peer?.value ?? Number.NaN) : goal.atMost
  return seen <= limit ? "ok" : "MISS"
}

/** Makes the figure of something that may never happen. */
export function none(what: string, seen: number): Figure {
  return { what, seen, unit: "", goal: { atMost: 0 } }
}

/** Makes the figure of something that has a longest time, or a most. */
export function atMost(what: string, seen: number, unit: string, most: number, limitedBy?: string): Figure {
  return { what, seen, unit, goal: { atMost: most }, ...(limitedBy !== undefined && { limitedBy }) }
}

/** Makes the figure of something that has to be so: 1 when it is. */
export function holds(what: string, isSo: boolean): Figure {
  return { what, seen: isSo ? 1 : 0, unit: "", goal: { atLeast: 1 } }
}

export function shown(what: string, seen: number, unit = ""): Figure {
  return { what, seen, unit, goal: null }
}

/** Tries something: it is well unless it throws. Its text becomes the detail. */
export async function check(
  what: string,
  act: () => Promise<string | void> | string | void,
): Promise<Figure> {
  try {
    return { ...holds(what, true), detail: (await act()) ?? "" }
  } catch (error) {
    return { ...holds(what, false), detail: error instanceof Error ? error.message : String(error) }
  }
}

/** Names something that this machine cannot try, and why. */
export function notRun(what: string, detail: string): Figure {
  return { what, seen: null, unit: "", goal: null, detail }
}

/** Throws when a condition does not hold. */
export function expectThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise)
}

/** Returns the value that a share of all does not exceed (nearest rank): 0.5 for the median, 0.95 for p95. */
export function toQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN
}

/** Returns the median over some rounds of one number of each. */
export function toMedian<Measured>(rounds: readonly Measured[], read: (one: Measured) => number): number {
  return toQuantile(rounds.map(read), 0.5)
}
