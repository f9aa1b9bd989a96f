import { readEvent } from "#audit/chain/event-rows.ts"
import { toAppended, toRewritten } from "#audit/chain/chain-flaw.ts"
import { verifyChain } from "#audit/chain/hash-chain.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "#audit/chain/row-hash.ts"
import type { AuditCheckpoint } from "#audit/signing/checkpoint.ts"
import type { SignedEnd } from "#audit/signing/signed-end.ts"
import type { SigningKey } from "#audit/signing/signing-key.ts"
import type { Store } from "#store/store.ts"

export interface SignedChain {
  /** Number of rows before the flaw, or in all. */
  rowCount: number
  /** The last row before the flaw, or the last of all. */
  end: ChainEnd
  flaw: ChainFlaw | null
  /** The signed end in the database. Null when it does not fit the last row, or is behind what this process knows. */
  signed: AuditCheckpoint | null
  key: SigningKey | null
}

/**
 * Verifies rows, and compares their end with the signed one in the database and with the one in the memory of this process.
 * @param from the row before the first one of a segment, or any other row of it
 * @param checkpoints other ends that are known
 */
export async function verifySigned({
  store,
  signedEnd,
  from = chainStart,
  checkpoints = [],
}: {
  store: Store
  signedEnd: SignedEnd
  from?: ChainEnd
  checkpoints?: readonly ChainEnd[]
}): Promise<SignedChain> {
  // Before the rows: what is written meanwhile may be missing among them.
  const { known } = signedEnd
  const ends = known === null ? checkpoints : [...checkpoints, known]
  let chain = await verifyChain(store, { from, checkpoints: ends })
  const { signed: found, key, flaw: endFlaw } = await signedEnd.read(store.db)
  const signed = endFlaw === null ? found : null
  if (chain.flaw === null && signed !== null && signed.sequence > chain.end.sequence) {
    // Rows were added while the others were read. Those after the signed end came later still.
    const rest = { from: chain.end, until: signed.sequence, checkpoints: [signed] }
    const added = await verifyChain(store, rest)
    chain = { ...added, rowCount: chain.rowCount + added.rowCount }
  }
  const { rowCount, end } = chain
  const isAtEnd = endFlaw !== null && !["inserted", "rewritten"].includes(endFlaw.kind)
  const unsigned = isAtEnd ? endFlaw : ((found && (await findUnsigned(store, end, found))) ?? endFlaw)
  const flaw = chain.flaw === null ? unsigned : join(chain.flaw, endFlaw)
  const isBehind = flaw !== null && ["truncated", "rewritten"].includes(flaw.kind)
  if (!isBehind || found === null) return { rowCount, end, flaw, signed, key }
  const alone = await verifyChain(store, { from, checkpoints: [found] })
  // All rows are as the key of this log signed them, at an earlier time.
  const isOlder = alone.flaw === null && alone.end.sequence === found.sequence
  return { rowCount, end, flaw: isOlder ? toRestored(flaw, endFlaw) : flaw, signed, key }
}

/** The rows say which one is flawed; a missing signed end matters as much. */
function join(flaw: ChainFlaw, endFlaw: ChainFlaw | null): ChainFlaw {
  return endFlaw?.kind === "unsigned" ? { ...flaw, sentence: `${flaw.sentence} ${endFlaw.sentence}` } : flaw
}

/** Returns the first row that no signature covers, or that is not the signed one. */
async function findUnsigned(
  store: Store,
  end: ChainEnd,
  { sequence, hash }: AuditCheckpoint,
): Promise<ChainFlaw | null> {
  if (sequence === 0 || (await readEvent(store.db, sequence))?.hash !== hash) return toRewritten(sequence)
  return end.sequence <= sequence ? null : toAppended(sequence + 1)
}

function toRestored({ sequence }: ChainFlaw, endFlaw: ChainFlaw | null): ChainFlaw {
  const sentence = `An older copy of the database was put back: all rows are signed, and row ${sequence} is not the one that a later checkpoint signed.`
  return {
    sequence,
    kind: "restored",
    sentence: endFlaw?.kind === "restored" ? endFlaw.sentence : sentence,
  }
}
