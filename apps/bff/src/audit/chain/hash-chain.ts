import type { StoredEvent } from "./event-rows.ts"
import { explainBrokenLink, explainMisfit, toRewritten, toTruncated } from "./chain-flaw.ts"
import type { ChainRow } from "./chain-pages.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "./row-hash.ts"

/**
 * Verifies a chain and finds the first row that is not as it was written.
 * @param pages rows in order of their numbers
 * @param readRow returns any row, to explain a flaw
 * @param checkpoints known ends of the chain; without one, rows removed from the end can't be detected
 * @param from the row before the first one
 */
export async function verifyChain({
  pages,
  readRow,
  checkpoints = [],
  from = chainStart,
}: {
  pages: AsyncIterable<ChainRow[]>
  readRow: (number: number) => Promise<StoredEvent | null>
  checkpoints?: readonly ChainEnd[]
  from?: ChainEnd
}): Promise<{ rowCount: number; end: ChainEnd; flaw: ChainFlaw | null }> {
  let end = from
  let rowCount = 0
  for await (const page of pages) {
    for (const row of page) {
      const flaw = findFlaw(row, end, checkpoints, readRow)
      if (flaw !== null) return { rowCount, end, flaw: await flaw }
      end = { sequence: row.number, hash: row.hash }
      rowCount += 1
    }
  }
  return { rowCount, end, flaw: findTruncation(end, checkpoints) }
}

/** Returns null if a row is intact and follows the end so far. Not async: it runs for each row and hardly ever waits. */
function findFlaw(
  row: ChainRow,
  end: ChainEnd,
  checkpoints: readonly ChainEnd[],
  readRow: (number: number) => Promise<StoredEvent | null>,
): ChainFlaw | Promise<ChainFlaw> | null {
  const { number: sequence } = row
  const expected = end.sequence + 1
  if (!(sequence >= expected))
    return {
      sequence,
      kind: "inserted",
      sentence: `A row numbered ${sequence} is where row ${expected} should be.`,
    }
  if (sequence !== expected) return toMissing(expected, sequence - 1)
  if (!row.fits) return explainMisfit(row.read(), readRow)
  if (row.previousHash !== end.hash) return explainBrokenLink(row.read(), readRow)
  if (checkpoints.some((checkpoint) => checkpoint.sequence === sequence && checkpoint.hash !== row.hash))
    return toRewritten(sequence)
  return null
}

function findTruncation(end: ChainEnd, checkpoints: readonly ChainEnd[]): ChainFlaw | null {
  const furthest = Math.max(end.sequence, ...checkpoints.map(({ sequence }) => sequence))
  if (furthest === end.sequence) return null
  return toTruncated(end.sequence, furthest)
}

function toMissing(first: number, last: number): ChainFlaw {
  const which = first === last ? `Row ${first} is` : `Rows ${first} to ${last} are`
  return { sequence: first, kind: "missing", sentence: `${which} missing.` }
}
