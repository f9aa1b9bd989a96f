import type { Store } from "#store/store.ts"
import { explainBrokenLink, explainMisfit, toRewritten, toTruncated } from "./chain-flaw.ts"
import { readChainPages, type ChainRow } from "./chain-pages.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "./row-hash.ts"

interface ChainPart {
  /** The row before the first one. */
  from?: ChainEnd
  /** Only rows above this number. By default those after `from`, and all from the start, also what a stranger numbered below 1. */
  above?: number
  /** The number of the last row. */
  until?: number
  /** Known ends of the chain; without one, rows removed from the end can't be detected. */
  checkpoints?: readonly ChainEnd[]
}

/** Verifies a chain, or a part of it, and finds the first row that is not as it was written. */
export async function verifyChain(
  store: Store,
  {
    from = chainStart,
    above = from === chainStart ? -Infinity : from.sequence,
    until = Infinity,
    checkpoints = [],
  }: ChainPart = {},
): Promise<{ rowCount: number; end: ChainEnd; flaw: ChainFlaw | null }> {
  let end = from
  let rowCount = 0
  const pages = readChainPages(store, (query) =>
    query
      .$if(above !== -Infinity, (narrowed) => narrowed.where("number", ">", above))
      .$if(until !== Infinity, (narrowed) => narrowed.where("number", "<=", until)),
  )
  for await (const page of pages) {
    for (const row of page) {
      const flaw = findFlaw(store, row, end, checkpoints)
      if (flaw !== null) return { rowCount, end, flaw: await flaw }
      end = { sequence: row.number, hash: row.hash }
      rowCount += 1
    }
  }
  return { rowCount, end, flaw: findTruncation(end, checkpoints) }
}

/** Returns null if a row is intact and follows the end so far. Not async: it runs for each row and hardly ever waits. */
function findFlaw(
  store: Store,
  row: ChainRow,
  end: ChainEnd,
  checkpoints: readonly ChainEnd[],
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
  if (!row.fits) return explainMisfit(store, row.read())
  if (row.previousHash !== end.hash) return explainBrokenLink(store, row.read())
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
