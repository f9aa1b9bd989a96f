import type { Store } from "#store/store.ts"
import { readEvent, type StoredEvent } from "./event-rows.ts"
import { toRowHash, type ChainFlaw } from "./row-hash.ts"

/** Explains a row whose hash does not fit its content. */
export async function explainMisfit(store: Store, row: StoredEvent): Promise<ChainFlaw> {
  const { number: sequence } = row
  /** Returns true if the row at a place was written with another number. */
  const wasWrittenAs = async (at: number, place: number) => {
    const there = await readEvent(store.db, at)
    return there !== null && fits(there, place)
  }
  const place = findOriginalPlace(row)
  if (place !== null && place < sequence) {
    // Either a copy of an earlier row, or a row from here that was moved by inserted ones.
    const isCopy = (await readEvent(store.db, place))?.hash === row.hash
    return toInserted(isCopy ? sequence : place)
  }
  const nextBelongsHere = await wasWrittenAs(sequence + 1, sequence)
  if (place === null) {
    return nextBelongsHere
      ? toInserted(sequence)
      : { sequence, kind: "changed", sentence: `Row ${sequence} was changed.` }
  }
  const rowsMovedOn = nextBelongsHere && (await wasWrittenAs(sequence + 2, sequence + 1))
  if (!rowsMovedOn && (await wasWrittenAs(place, sequence)))
    return { sequence, kind: "swapped", sentence: `Rows ${sequence} and ${place} were swapped.` }
  if (nextBelongsHere) return toInserted(sequence)
  const which = place === sequence + 1 ? `Row ${sequence} was` : `Rows ${sequence} to ${place - 1} were`
  return { sequence, kind: "missing", sentence: `${which} taken out, and the rows after numbered anew.` }
}

/** Explains a row whose hash fits its content, but which follows another row than the one before it. */
export async function explainBrokenLink(store: Store, row: StoredEvent): Promise<ChainFlaw> {
  const next = await readEvent(store.db, row.number + 1)
  // If the next row still follows this one, the row before was changed and given a new hash.
  const isThisOne = row.number === 1 || (next !== null && next.previous_hash !== row.hash)
  const sequence = isThisOne ? row.number : row.number - 1
  return { sequence, kind: "changed", sentence: `Row ${sequence} was changed and given a new hash.` }
}

/** Largest distance at which a row's original place is searched: some milliseconds of hashing. */
const furthestPlace = 1_000

/** Finds the number with which a row has its hash, so the one it was written with. Null if it is not near. */
function findOriginalPlace(row: StoredEvent): number | null {
  for (let away = 1; away <= furthestPlace; away += 1) {
    if (fits(row, row.number + away)) return row.number + away
    if (row.number - away > 0 && fits(row, row.number - away)) return row.number - away
  }
  return null
}

function fits(row: StoredEvent, number: number): boolean {
  return toRowHash({ ...row, number }) === row.hash
}

function toInserted(sequence: number): ChainFlaw {
  return {
    sequence,
    kind: "inserted",
    sentence: `Row ${sequence} was put in, and the rows after numbered anew.`,
  }
}

/** Describes a row that is not the signed one. */
export function toRewritten(sequence: number): ChainFlaw {
  return {
    sequence,
    kind: "rewritten",
    sentence: `Row ${sequence} is not the one that was signed: it, or a row before it, was rewritten with all that follow.`,
  }
}

/** Describes rows that are gone from the end. */
export function toTruncated(lastRow: number, signedRow: number): ChainFlaw {
  return {
    sequence: lastRow + 1,
    kind: "truncated",
    sentence: `The audit log ends at row ${lastRow}, and row ${signedRow} was signed: rows were taken from the end.`,
  }
}

/** Describes a row after the signed end. */
export function toAppended(sequence: number): ChainFlaw {
  return {
    sequence,
    kind: "inserted",
    sentence: `Row ${sequence} was put in after the last row that this server signed.`,
  }
}
