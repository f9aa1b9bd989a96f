/** One measured thing: ours, and where somebody else does the same in the same run, theirs. */
export interface Figure {
  what: string
  /** "ms", "µs", "KB", "calls a minute"…; empty for a plain count. */
  unit: string
  ours: number
  /** Null for what only we have, such as a count of failures. */
  peer: { what: string; value: number } | null
  /** The most that ours may be: in the figure's unit, or as a multiple of the peer. Null when it is shown only. */
  goal: { atMost: number; of: "unit" | "peer" } | null
  /** What was tried and what limits it. The report shows it when the goal is missed. */
  limitedBy?: string
}

/** A part of the benchmark: one thing that people or operators wait or pay for. */
export interface Area {
  id: string
  title: string
  /** How it is measured: the world, the peer, the rounds. One or two sentences for the report. */
  how: string
  /** Debian packages that it needs. */
  packages: readonly string[]
  /** @param work an empty folder for its files */
  run: (work: string) => Promise<Figure[]>
}

/** An area that ran. */
export interface AreaResult {
  id: string
  title: string
  how: string
  /** Processes that wanted a core when it began (load average of one minute): more than the cores means that it shared them. */
  load: number
  seconds: number
  figures: readonly Figure[]
  /** Why it could not run; null when it did. */
  problem: string | null
}

export type Verdict = "ok" | "MISS" | "shown"

/** Compares a figure with its goal. A figure that is no number misses every goal. */
export function judge({ ours, peer, goal }: Figure): Verdict {
  if (goal === null) return "shown"
  const limit = goal.of === "unit" ? goal.atMost : goal.atMost * (peer?.value ?? Number.NaN)
  return ours <= limit ? "ok" : "MISS"
}
