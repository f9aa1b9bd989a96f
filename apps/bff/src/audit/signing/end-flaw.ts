import { toAppended, toRewritten, toTruncated } from "#audit/chain/chain-flaw.ts"
import type { ChainEnd, ChainFlaw } from "#audit/chain/row-hash.ts"
import { toInstant } from "#base/clock.ts"
import type { AuditCheckpoint } from "./checkpoint.ts"

interface FoundEnd {
  /** Null when it is missing, or not signed by the log's key. */
  signed: AuditCheckpoint | null
  /** The furthest end that this process wrote or read before. */
  known: AuditCheckpoint | null
  /** The last row as the head names it; null where the head is missing, or was. */
  head: ChainEnd | null
  /** The last row as it is stored. */
  last: ChainEnd
  /** The hash of the row that `known` names, as it is stored. */
  knownHash: string | null
}

/** Compares the signed end with the last row, and both with what this process knew before. Null if all fit. */
export function findEndFlaw({ signed, known, head, last, knownHash }: FoundEnd): ChainFlaw | null {
  const isKnownThere = known !== null && knownHash === known.hash
  if (signed === null)
    return {
      // Of the rows, only the memory of this process proves any.
      sequence: isKnownThere ? known.sequence + 1 : 1,
      kind: "unsigned",
      sentence: "The signed end of the audit log was missing, or not signed by its key.",
    }
  if (known !== null && known.sequence > signed.sequence)
    return {
      sequence: signed.sequence + 1,
      kind: "restored",
      sentence: `An older copy of the database was put back: it ended at entry ${signed.sequence}, and entry ${known.sequence} was written at ${toInstant(known.at)}.`,
    }
  // A row before a new segment is part of what the segment's first row records.
  if (known !== null && !isKnownThere && signed.since <= known.sequence) return toRewritten(known.sequence)
  if (last.sequence < signed.sequence) return toTruncated(last.sequence, signed.sequence)
  if (last.sequence > signed.sequence) return toAppended(signed.sequence + 1)
  if (last.hash !== signed.hash) return toRewritten(signed.sequence)
  if (head !== null && head.sequence > last.sequence) return toTruncated(last.sequence, head.sequence)
  if (head?.sequence === last.sequence && head.hash === last.hash) return null
  const sentence = "The head of the database does not name the last row of the audit log."
  return { sequence: last.sequence + 1, kind: "unsigned", sentence }
}
