import type { StoredAuditRow } from "./audit-rows.ts"
import { toRowHash, type ChainFlaw } from "./row-hash.ts"

type ReadRow = (sequence: number) => Promise<StoredAuditRow | null>

/** Tells what was done, where a row does not have the hash of what it says. */
export async function explainMisfit(row: StoredAuditRow, readRow: ReadRow): Promise<ChainFlaw> {
  const { sequence } = row
  const belongs = async (at: number, place: number) => {
    const there = await readRow(at)
    return there !== null && fits(there, place)
  }
  const place = findOwnPlace(row)
  if (place !== null && place < sequence) {
    // A copy of an earlier row, or a row that stood here before others were put in.
    const isCopy = (await readRow(place))?.hash === row.hash
    return tellInserted(isCopy ? sequence : place)
  }
  const nextBelongsHere = await belongs(sequence + 1, sequence)
  if (place === null) {
    return nextBelongsHere
      ? tellInserted(sequence)
      : { sequence, kind: "changed", sentence: `Row ${sequence} was changed.` }
  }
  const rowsMovedOn = nextBelongsHere && (await belongs(sequence + 2, sequence + 1))
  if (!rowsMovedOn && (await belongs(place, sequence)))
    return { sequence, kind: "swapped", sentence: `Rows ${sequence} and ${place} were swapped.` }
  if (nextBelongsHere) return tellInserted(sequence)
  const which = place === sequence + 1 ? `Row ${sequence} was` : `Rows ${sequence} to ${place - 1} were`
  return { sequence, kind: "missing", sentence: `${which} taken out, and the rows after numbered anew.` }
}

/** Tells what was done, where a row has the hash of what it says and follows another row than the one before it. */
export async function explainBrokenLink(row: StoredAuditRow, readRow: ReadRow): Promise<ChainFlaw> {
  const next = await readRow(row.sequence + 1)
  // When the next row still follows this one, it is the row before that was changed and given a new hash.
  const isThisOne = row.sequence === 1 || (next !== null && next.previous_hash !== row.hash)
  const sequence = isThisOne ? row.sequence : row.sequence - 1
  return { sequence, kind: "changed", sentence: `Row ${sequence} was changed and given a new hash.` }
}

/** How far from where it is a row's own place is looked for: some milliseconds of hashing. */
const furthestPlace = 1_000

/** The sequence that a row was written with: the one with which it has its hash. Null when there is none near. */
function findOwnPlace(row: StoredAuditRow): number | null {
  for (let away = 1; away <= furthestPlace; away += 1) {
    if (fits(row, row.sequence + away)) return row.sequence + away
    if (row.sequence - away > 0 && fits(row, row.sequence - away)) return row.sequence - away
  }
  return null
}

function fits(row: StoredAuditRow, sequence: number): boolean {
  return toRowHash({ ...row, sequence }) === row.hash
}

function tellInserted(sequence: number): ChainFlaw {
  return {
    sequence,
    kind: "inserted",
    sentence: `Row ${sequence} was put in, and the rows after numbered anew.`,
  }
}
