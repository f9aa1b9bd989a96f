import type { Figure } from "./figure.ts"

/** Something that is open until it is ended. */
export type Open = { stop: (signal?: NodeJS.Signals) => unknown } | { close: () => unknown }

/** What an area is given. */
export interface Task {
  /** An empty folder for its files. */
  work: string
  /** Numbers from 0 up to 1, by the seed of the run. */
  random: () => number
  /** How long an area goes on that has no end. */
  minutes: number
  /** The number of acts in a walk of servers. */
  steps: number
  note: (line: string) => void
  /** Ends something when the area does, before what was opened earlier. Returns it. */
  keep: <Kept extends Open>(open: Kept) => Kept
}

/** A part of a laboratory: one kind of cost, of trouble, or of real tool. */
export interface Area {
  id: string
  title: string
  /** The world, the peer or the fault, in a sentence or two. */
  how?: string
  /** Debian packages that it needs. */
  packages?: readonly string[]
  run: (task: Task) => Promise<Figure[]>
}

/** An area that ran. */
export interface AreaResult {
  /** The day, as in 2026-11-26. */
  date: string
  seed: number
  seconds: number
  /** Processes that wanted a core when it began (load average of one minute): more than the cores means that it shared them. */
  load: number
  figures: readonly Figure[]
  /** Why it could not run to its end; null when it did. */
  problem: string | null
}

/** A command that runs areas and writes a page of their last results. */
export interface Laboratory {
  /** The name of the command. Its results are in a folder of this name with a dot before it. */
  name: string
  /** What it does, for `--help`. */
  does: string
  /** Which of the numbers its areas read. */
  reads: readonly ("seed" | "minutes" | "steps")[]
  areas: readonly Area[]
  page: string
  /** Is true when the page has to be of one run of all areas. */
  isOneRun?: boolean
  /** Names the versions of Node that ran things; the laboratory's own unless given. */
  describeNode?: () => Promise<string>
  /** The beginning of the page, and its end. */
  head: string
  foot?: string
}
