import type { StreamEvent } from "@peering-desk/shared-schemas"

/** The latest event of one thing, numbered by change. */
export interface Change {
  readonly sequence: number
  /** The step that stored it; infinity for what each process finds out by itself. */
  readonly version: number
  /** A reader who has everything before this change has everything up to this version. */
  readonly completeTo: number
  event: StreamEvent
  /** False once a later change of the same thing replaced it. */
  isLatest: boolean
}

/**
 * The id of an event: a count of versions of the stored state and the version up to which a reader has everything, which mean the same at
 * every process; then the process and its own number of the event.
 */
const eventIdPattern = /^([0-9a-f]{8})\.(\d+)\.([0-9a-f]{8})\.(\d+)$/

/** Parses the id of an event; null when it is none of ours. */
export function parseEventId(text: string) {
  const [, incarnation, version, epoch, sequence] = eventIdPattern.exec(text) ?? []
  if (incarnation === undefined || epoch === undefined) return null
  return { incarnation, version: Number(version), epoch, sequence: Number(sequence) }
}

/** Finds the first latest change after a sequence, by halves. */
export function findAfter(log: readonly Change[], sequence: number): Change | undefined {
  let from = 0
  let to = log.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((log[middle]?.sequence ?? 0) > sequence) to = middle
    else from = middle + 1
  }
  while (log[from]?.isLatest === false) from += 1
  return log[from]
}
