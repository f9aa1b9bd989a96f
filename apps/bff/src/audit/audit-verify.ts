import type { AuditKey, AuditVerification } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import { readEvent } from "#audit/chain/event-rows.ts"
import type { ChainFlaw } from "#audit/chain/row-hash.ts"
import {
  isCheckpointOf,
  parseCheckpoint,
  signCheckpoint,
  type AuditCheckpoint,
} from "#audit/signing/checkpoint.ts"
import type { Store } from "#store/store.ts"
import type { AuditLog } from "./audit-log.ts"
import { isChained } from "./flaw-rows.ts"
import { listOpenFlaws, verifyLog, type LogVerification } from "./verify-log.ts"

interface VerifyDeps {
  store: Store
  clock: Clock
  audit: Pick<AuditLog, "keys" | "end">
}

/** Clocks of two servers may differ by this much. */
const clockSkewMs = 5 * 60_000

/**
 * Verifies the whole audit log and says how far the proof reaches.
 * @param given checkpoints that were kept elsewhere
 * @throws AppError `invalid_request` when a given text is not a checkpoint
 */
export async function verifyAudit(
  { store, clock, audit }: VerifyDeps,
  given: readonly string[],
): Promise<AuditVerification> {
  const keys = await audit.keys.list(store.db)
  const judged = given.map((text) => verifyCheckpoint(text, keys))
  const log = await verifyLog({
    store,
    signedEnd: audit.end,
    checkpoints: judged.flatMap(({ checkpoint, whyNot }) => (whyNot === null ? [checkpoint] : [])),
  })
  const { rowCount, end, signed, key, since } = log
  const heads: AuditVerification["heads"] = []
  for (const one of judged) heads.push(await compare(store, one, log, clock.now()))
  const [flaw = null] = listOpenFlaws(log)
  const isProved = signed !== null || rowCount === 0
  const isJudged = isProved && heads.every((head) => isExplained(head, log))
  const { knownSince } = audit.end
  const [kept] = heads
    .filter(({ verdict }) => verdict === "agrees")
    .sort((one, other) => other.sequence - one.sequence)
  const wasFlawed = log.recorded.length > 0
  return {
    verdict: flaw !== null ? "flawed" : !isJudged ? "not-judged" : wasFlawed ? "verified-from" : "verified",
    rowCount: flaw === null ? rowCount : countBefore(flaw, log),
    verifiedFrom: since,
    firstFlaw: flaw,
    flaws: listFlaws(log),
    proof: {
      signed:
        flaw !== null || signed === null
          ? null
          : { sequence: signed.sequence, at: toInstant(signed.at), key: key?.id ?? "" },
      watched: knownSince && { sequence: knownSince.sequence, since: toInstant(knownSince.at) },
      kept: kept === undefined ? null : { sequence: kept.sequence, at: kept.at },
    },
    heads,
    head:
      flaw === null && signed !== null && key !== null
        ? signCheckpoint(key, { ...end, at: clock.now(), since })
        : null,
  }
}

type WhyNot = AuditVerification["heads"][number]["why"]

interface JudgedCheckpoint {
  checkpoint: AuditCheckpoint
  keyId: string | null
  /** Why it says nothing about this log; null if a key of this log signed it. */
  whyNot: WhyNot
}

/**
 * Checks the signature of a checkpoint that somebody kept.
 * @throws AppError `invalid_request` when the text is not a checkpoint
 */
export function verifyCheckpoint(text: string, keys: readonly AuditKey[]): JudgedCheckpoint {
  const parsed = parseCheckpoint(text)
  if (parsed === null)
    throw new AppError("invalid_request", {
      detail: "A checkpoint looks like audit-head-2.…; the server logs one every minute.",
      fields: { head: "This isn't a checkpoint" },
    })
  const { checkpoint, keyId } = parsed
  const key = keys.find(({ id }) => id === keyId)
  const findWhyNot = (): WhyNot => {
    if (keyId === null) return "first-kind"
    if (key === undefined) return "unknown-key"
    if (!isCheckpointOf(key.publicKey, parsed)) return "bad-signature"
    // Somebody may have the private half of a key that was replaced.
    return key.untilSequence !== null && checkpoint.sequence > key.untilSequence ? "retired-key" : null
  }
  return { checkpoint, keyId, whyNot: findWhyNot() }
}

/** Returns true if a checkpoint agrees, or contradicts only rows that an acknowledged flaw gave up. */
function isExplained(
  { verdict, sequence }: AuditVerification["heads"][number],
  { recorded }: LogVerification,
): boolean {
  const isGivenUp = recorded.some(
    ({ flaw, recordedAt }) => sequence >= flaw.sequence && sequence < recordedAt,
  )
  return verdict === "agrees" || (verdict === "contradicts" && isGivenUp)
}

function countBefore(flaw: ChainFlaw, { rowCount, unrecorded, since }: LogVerification): number {
  const isInSegment = unrecorded?.flaw === flaw && unrecorded.segment === since && since === 1
  return isInSegment ? Math.min(rowCount, Math.max(0, flaw.sequence - 1)) : Math.max(0, flaw.sequence - 1)
}

function listFlaws({ recorded, unrecorded }: LogVerification): AuditVerification["flaws"] {
  const listed = recorded.map(({ flaw, recordedAt, acknowledged }) => ({
    ...flaw,
    recordedAt,
    acknowledged: acknowledged && { ...acknowledged, at: toInstant(acknowledged.at) },
  }))
  const found = unrecorded === null ? [] : [{ ...unrecorded.flaw, recordedAt: null, acknowledged: null }]
  return [...listed, ...found].sort((one, other) => one.sequence - other.sequence)
}

async function compare(
  store: Store,
  { checkpoint, keyId, whyNot }: JudgedCheckpoint,
  { end, recorded, since }: LogVerification,
  now: number,
): Promise<AuditVerification["heads"][number]> {
  const { sequence, at, hash } = checkpoint
  const told = { sequence, at: toInstant(at), key: keyId }
  if (whyNot !== null) return { ...told, verdict: "not-judged", why: whyNot }
  // A row that a flaw gave up may have its hash, and follow rows that were changed.
  const isProved = sequence <= end.sequence && isChained(sequence, recorded, since)
  const agrees = isProved && (await readEvent(store.db, sequence))?.hash === hash
  if (!agrees) return { ...told, verdict: "contradicts", why: null }
  // A time that is still to come proves nothing of when it was signed.
  if (at > now + clockSkewMs) return { ...told, verdict: "not-judged", why: "from-future" }
  return { ...told, verdict: "agrees", why: null }
}
