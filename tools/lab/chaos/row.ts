/** Something that was counted or measured under faults. */
export interface Figure {
  what: string
  seen: number
  /** "s", "ms", "a minute"…; empty for a plain count. */
  unit: string
  /** Null when it is shown only. */
  goal: { atMost: number } | { atLeast: number } | null
  /** What limits it. The report shows it when the goal is missed. */
  limitedBy?: string
}

/** What a row is given. */
export interface Faults {
  /** An empty folder for its files. */
  work: string
  /** Numbers from 0 up to 1, by the seed of the run. */
  random: () => number
  /** How long a row goes on that has no end. */
  minutes: number
  /** The number of acts in a walk of servers. */
  steps: number
  note: (line: string) => void
}

/** A row of the report: one kind of trouble. */
export interface Row {
  id: string
  title: string
  /** The world and the fault, in a sentence or two. */
  how: string
  /** Debian packages that it needs. */
  packages: readonly string[]
  run: (faults: Faults) => Promise<Figure[]>
}

/** A row that ran. */
export interface RowResult {
  id: string
  /** The day, as in 2026-11-26. */
  date: string
  seed: number
  seconds: number
  /** Processes that wanted a core when it began (load average of one minute). */
  load: number
  figures: readonly Figure[]
  /** Why it could not run; null when it did. */
  problem: string | null
}

export type Verdict = "ok" | "MISS" | "shown"

/** Compares a figure with its goal. A figure that is no number misses every goal. */
export function judge({ seen, goal }: Figure): Verdict {
  if (goal === null) return "shown"
  return ("atMost" in goal ? seen <= goal.atMost : seen >= goal.atLeast) ? "ok" : "MISS"
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

/** Returns the value that a share of all does not exceed (nearest rank). */
export function toQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN
}
