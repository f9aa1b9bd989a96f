import { toRewritten } from "#audit/chain/chain-flaw.ts"
import { verifyChain } from "#audit/chain/hash-chain.ts"
import { chainStart, type ChainEnd, type ChainFlaw } from "#audit/chain/row-hash.ts"
import type { SignedEnd } from "#audit/signing/signed-end.ts"
import type { Store } from "#store/store.ts"
import { computeDigest, readFlaws, readSegmentStart, type NewFlaw, type RecordedFlaw } from "./flaw-rows.ts"
import { verifySigned, type SignedChain } from "./verify-signed.ts"

export interface LogVerification extends Omit<SignedChain, "flaw"> {
  /** First row of the segment that is signed now. */
  since: number
  /** The flaws that rows record, the oldest first. */
  recorded: RecordedFlaw[]
  /** A flaw that no row records yet. */
  unrecorded: NewFlaw | null
}

/** Returns the flaws that nobody acknowledged, the first row first. */
export function listOpenFlaws({
  recorded,
  unrecorded,
}: Pick<LogVerification, "recorded" | "unrecorded">): ChainFlaw[] {
  const open = recorded.filter(({ acknowledged }) => acknowledged === null)
  return [...open, ...(unrecorded === null ? [] : [unrecorded])]
    .map(({ flaw }) => flaw)
    .sort((one, other) => one.sequence - other.sequence)
}

interface VerifyDeps {
  store: Store
  signedEnd: SignedEnd
  /** Other ends that are known. */
  checkpoints?: readonly ChainEnd[]
}

/** Verifies the whole log: the segment that is signed now, and what the rows say about flaws before it. */
export async function verifyLog(deps: VerifyDeps): Promise<LogVerification> {
  const { store, signedEnd, checkpoints = [] } = deps
  const { signed } = await signedEnd.read(store.db)
  const since = signed?.since ?? 1
  const from = (await readSegmentStart(store, since)) ?? { ...chainStart, sequence: since - 1 }
  const { flaw, ...current } = await verifySigned({
    store,
    signedEnd,
    from,
    checkpoints: checkpoints.filter(({ sequence }) => sequence >= since),
  })
  // Another process began a new segment while the rows were read.
  if (current.signed !== null && current.signed.since !== since) return await verifyLog(deps)
  const recorded = await readFlaws(store, since)
  const isFirstRowChanged = flaw !== null && current.end.sequence < since
  const earlier =
    since === 1 ? null : isFirstRowChanged ? flaw : await findEarlierFlaw(store, since, recorded, checkpoints)
  if (earlier !== null) {
    // What the rows say about earlier flaws can't be trusted any more.
    const { end } = await verifyChain(store)
    return { ...current, since, recorded, unrecorded: { flaw: earlier, segment: 1, chained: end } }
  }
  const found = flaw ?? (await signedEnd.findKeyFlaw(store.db, since))
  const unrecorded = found && { flaw: found, segment: since, chained: current.end }
  return { ...current, since, recorded, unrecorded }
}

/** Finds a row before the segment that is signed now which is not as that segment's first row says. */
async function findEarlierFlaw(
  store: Store,
  since: number,
  recorded: readonly RecordedFlaw[],
  checkpoints: readonly ChainEnd[],
): Promise<ChainFlaw | null> {
  const last = recorded.at(-1)
  if (last?.recordedAt !== since || recorded[0]?.segment !== 1) return toRewritten(since)
  for (const one of recorded) {
    const flaw = await findChange(store, one, checkpoints)
    if (flaw !== null) return flaw
  }
  return null
}

async function findChange(
  store: Store,
  { flaw, segment, chained, digest, recordedAt }: RecordedFlaw,
  checkpoints: readonly ChainEnd[],
): Promise<ChainFlaw | null> {
  const from = await readSegmentStart(store, segment)
  if (from === null) return toRewritten(segment)
  const chain = await verifyChain(store, {
    from,
    above: from.sequence,
    until: chained.sequence,
    // A checkpoint of the rows that nothing proves contradicts no more than the flaw says.
    checkpoints: [
      ...checkpoints.filter(
        ({ sequence }) => sequence >= segment && sequence <= chained.sequence && sequence < flaw.sequence,
      ),
      ...(chained.sequence > from.sequence ? [chained] : []),
    ],
  })
  if (chain.flaw !== null) return chain.flaw
  if ((await computeDigest(store, { segment, chained }, recordedAt)) === digest) return null
  const sequence = Math.max(chained.sequence + 1, segment)
  return {
    sequence,
    kind: "changed-again",
    sentence: `A row from ${sequence} to ${recordedAt - 1} was changed after row ${recordedAt} recorded a flaw there.`,
  }
}
