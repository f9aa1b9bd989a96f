import type { StoredAuditRow } from "./audit-rows.ts"
import { explainBrokenLink, explainMisfit } from "./chain-flaw.ts"
import { chainStart, toRowHash, type ChainEnd, type ChainFlaw } from "./row-hash.ts"

/**
 * Walks a chain and finds the first row that is not as it was written.
 * @param rows in order of their sequence
 * @param readRow gives a row out of order, to tell what was done once a flaw is found
 * @param heads ends of the chain that are known from elsewhere; without one, rows taken from the end can't be missed
 * @param from where to begin: the row before the first one of `rows`
 */
export async function verifyChain({
  rows,
  readRow,
  heads = [],
  from = chainStart,
}: {
  rows: AsyncIterable<StoredAuditRow>
  readRow: (sequence: number) => Promise<StoredAuditRow | null>
  heads?: readonly ChainEnd[]
  from?: ChainEnd
}): Promise<{ rowCount: number; end: ChainEnd; flaw: ChainFlaw | null }> {
  const signed = new Map<number, ChainEnd[]>()
  for (const head of heads) signed.set(head.sequence, [...(signed.get(head.sequence) ?? []), head])
  let end = from
  let rowCount = 0
  const stopAt = (flaw: ChainFlaw) => ({ rowCount, end, flaw })
  for await (const row of rows) {
    const expected = end.sequence + 1
    if (!(row.sequence >= expected))
      return stopAt({
        sequence: row.sequence,
        kind: "inserted",
        sentence: `A row numbered ${row.sequence} is where row ${expected} should be.`,
      })
    if (row.sequence !== expected) return stopAt(tellMissing(expected, row.sequence - 1))
    if (toRowHash(row) !== row.hash) return stopAt(await explainMisfit(row, readRow))
    if (row.previous_hash !== end.hash) return stopAt(await explainBrokenLink(row, readRow))
    if (signed.get(row.sequence)?.some(({ hash }) => hash !== row.hash))
      return stopAt({
        sequence: row.sequence,
        kind: "rewritten",
        sentence: `Row ${row.sequence} is not the one that was signed: it, or a row before it, was rewritten with all that follow.`,
      })
    end = { sequence: row.sequence, hash: row.hash }
    rowCount += 1
  }
  const furthest = Math.max(end.sequence, ...heads.map(({ sequence }) => sequence))
  if (furthest > end.sequence)
    return stopAt({
      sequence: end.sequence + 1,
      kind: "truncated",
      sentence: `The trail ends at row ${end.sequence}, and row ${furthest} was signed: rows were taken from the end.`,
    })
  return { rowCount, end, flaw: null }
}

function tellMissing(first: number, last: number): ChainFlaw {
  const which = first === last ? `Row ${first} is` : `Rows ${first} to ${last} are`
  return { sequence: first, kind: "missing", sentence: `${which} missing.` }
}
