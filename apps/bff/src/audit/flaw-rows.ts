import { createHash, hash } from "node:crypto"
import { AuditFlawKind, type AuditFields } from "@peering-desk/shared-schemas"
import { readData } from "#audit/chain/event-data.ts"
import { readEvent, readEvents, type StoredEvent } from "#audit/chain/event-rows.ts"
import { readChainPages } from "#audit/chain/chain-pages.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "#audit/chain/row-hash.ts"
import type { Store } from "#store/store.ts"

/** A flaw, and the part of its segment that is still chained. */
export interface NewFlaw {
  flaw: ChainFlaw
  /** First row of the segment in which it was found. */
  segment: number
  /** The last row up to which that segment is chained. */
  chained: ChainEnd
}

/** A flaw as the first row of the segment after it records it. */
export interface RecordedFlaw extends NewFlaw {
  recordedAt: number
  /** Over the rows between `chained` and `recordedAt` as they were found, which shows a later change of them. */
  digest: string
  acknowledged: { sequence: number; at: number; by: string; reason: string } | null
}

/** The detail of the row that records a flaw. */
export function toFlawDetail({ flaw, segment, chained }: NewFlaw, digest: string, foundEnd: string) {
  return {
    why: flaw.sentence,
    kind: flaw.kind,
    lastProved: flaw.sequence - 1,
    firstNotProved: flaw.sequence,
    segment,
    chainedUntil: chained.sequence,
    chainedHash: chained.hash,
    digest,
    foundEnd,
  }
}

/** Returns the row before the first one of a segment, as its first row names it. Null without that row. */
export async function readSegmentStart(store: Store, segment: number): Promise<ChainEnd | null> {
  if (segment === 1) return chainStart
  const first = await readEvent(store.db, segment)
  return first && { sequence: segment - 1, hash: first.previous_hash }
}

/**
 * Reads the flaws before a segment, the oldest first. They are true if verification finds their rows unchanged.
 * @param since first row of the segment that is signed now
 */
export async function readFlaws(store: Store, since: number): Promise<RecordedFlaw[]> {
  const flaws: RecordedFlaw[] = []
  for (let segment = since; segment > 1; segment = flaws[0]?.segment ?? 1) {
    const flaw = toRecordedFlaw(await readEvent(store.db, segment))
    if (flaw === null) break
    flaws.unshift(flaw)
  }
  const [first] = flaws
  if (first === undefined) return []
  const acknowledgements = await readEvents(store.db, (query) =>
    query
      .where("kind", "=", "audit-flaw-acknowledged")
      .where("number", ">", first.recordedAt)
      .orderBy("number"),
  )
  const counted = acknowledgements.filter(({ number }) => isChained(number, flaws, since))
  return flaws.map((flaw) => ({
    ...flaw,
    acknowledged: toAcknowledgement(counted.find(({ number }) => number > flaw.recordedAt)),
  }))
}

/** Returns true if a row is in the part of a segment that verification proves. */
export function isChained(sequence: number, flaws: readonly RecordedFlaw[], since: number): boolean {
  return (
    sequence >= since ||
    flaws.some(({ segment, chained }) => sequence >= segment && sequence <= chained.sequence)
  )
}

function toAcknowledgement(row: StoredEvent | undefined): RecordedFlaw["acknowledged"] {
  if (row === undefined) return null
  const { number: sequence, at, actor_name: name } = row
  return { sequence, at, by: name ?? "", reason: readData(row).reason ?? "" }
}

function toRecordedFlaw(row: StoredEvent | null): RecordedFlaw | null {
  if (row?.kind !== "audit-flaw-found") return null
  const detail: AuditFields = readData(row).detail ?? {}
  const { why, kind, firstNotProved, segment, chainedUntil, chainedHash, digest } = detail
  const known = AuditFlawKind.safeParse(kind)
  if (!known.success || typeof segment !== "number" || segment >= row.number) return null
  const flaw = { sequence: Number(firstNotProved), kind: known.data, sentence: String(why) }
  return {
    flaw,
    segment,
    chained: { sequence: Number(chainedUntil), hash: String(chainedHash) },
    recordedAt: row.number,
    digest: String(digest),
    acknowledged: null,
  }
}

/** Computes the SHA-256 over the rows of a segment that are not chained, as they are stored. */
export async function computeDigest(
  store: Store,
  { segment, chained }: Pick<NewFlaw, "segment" | "chained">,
  recordedAt: number,
): Promise<string> {
  const digest = createHash("sha256")
  const pages = readChainPages(store, (query) =>
    query.where("number", "<", recordedAt).where((row) =>
      // Nobody but a stranger numbers a row below 1.
      row.or([row("number", ">", chained.sequence), ...(segment === 1 ? [row("number", "<", 1)] : [])]),
    ),
  )
  for await (const page of pages)
    for (const row of page) {
      const content = row.fits ? row.hash : hash("sha256", JSON.stringify(Object.values(row.read())))
      digest.update(`${row.number} ${content} ${row.hash}\n`)
    }
  return digest.digest("hex")
}
