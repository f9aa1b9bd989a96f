import type { Kysely, Selectable, Transaction } from "kysely"
import type { EventTable } from "./audit-tables.ts"
import type { Tables } from "./tables.ts"

/** The row that every writing transaction locks first. */
export interface Head {
  /** Of this step: 1, 2, 3 …, in the order of the commits. */
  readonly version: number
  /** The database's time in milliseconds since 1970. It never goes back. */
  readonly at: number
  /** The new end of the event log; null where this step adds no event. */
  auditEnd: { number: number; hash: string; checkpoint: string } | null
  /** True once pages show rows of this step: it tells the views of all processes of them. */
  isShown: boolean
}

export interface Step {
  transaction: Transaction<Tables>
  head: Head
}

type Place = "number" | "at" | "version" | "digest" | "previous_hash" | "salt" | "data" | "hash"

export type EventColumns = Omit<Selectable<EventTable>, Place>

/** An event without its place in the log, which it gets when it is written. Columns that are left out are null. */
export interface NewEvent {
  columns: Partial<EventColumns> & Pick<EventColumns, "phase" | "kind">
  /** JSON. */
  data: string
  /** When it happened, where that is not now. */
  at?: number
}

/** Adds events at the end of the log. The audit log attaches one to its store. */
export interface EventLog {
  append: (step: Step, events: readonly NewEvent[]) => Promise<unknown>
  /** Inserts what was added, in one statement, and signs the end once. Called at the end of a step. */
  flush: (step: Step) => Promise<void>
  /** Called once the step is on the disk. */
  committed: (step: Step) => void
}

interface OpenStep {
  step: Step
  log: EventLog | null
}

const openSteps = new WeakMap<Kysely<Tables>, OpenStep>()

/** Notes the log to which the events of a step go. */
export function openStep(step: Step, log: EventLog | null): void {
  openSteps.set(step.transaction, { step, log })
}

/** Returns the step that a transaction belongs to. */
export function getOpenStep(transaction: Kysely<Tables>): OpenStep {
  const open = openSteps.get(transaction)
  if (open === undefined) throw new Error("The transaction belongs to no step")
  return open
}

/**
 * Adds events in the step of what happened. Leaves out those whose `once` an earlier event has.
 * @returns how many were added
 */
export async function appendEvents(
  transaction: Transaction<Tables>,
  events: readonly NewEvent[],
): Promise<number> {
  const { step, log } = getOpenStep(transaction)
  if (log === null) throw new Error("No event log is attached to the store")
  const known = await readKnown(transaction, events, () => log.flush(step))
  const added = events.filter(({ columns: { once = null } }) => {
    if (once === null) return true
    const isNew = !known.has(once)
    known.add(once)
    return isNew
  })
  if (added.length > 0) await log.append(step, added)
  return added.length
}

async function readKnown(
  transaction: Transaction<Tables>,
  events: readonly NewEvent[],
  flush: () => Promise<void>,
): Promise<Set<string | null>> {
  const given = events.flatMap(({ columns: { once } }) => once ?? [])
  if (given.length === 0) return new Set()
  await flush()
  const rows = await transaction.selectFrom("event").select("once").where("once", "in", given).execute()
  return new Set(rows.map(({ once }) => once))
}
