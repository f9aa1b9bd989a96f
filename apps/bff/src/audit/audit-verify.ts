import type { AuditVerification } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import { readAuditRow } from "./audit-rows.ts"
import { readChainPages } from "./chain-pages.ts"
import { verifyChain } from "./hash-chain.ts"
import type { AuditCheckpoint, CheckpointSigner } from "./checkpoint.ts"

/**
 * Verifies the whole audit log.
 * @param given signed checkpoints that were kept elsewhere
 * @param remembered the last checkpoint of this process
 * @throws AppError `invalid_request` when a given text is not a checkpoint
 */
export async function verifyAudit({
  store,
  signer,
  clock,
  given,
  remembered,
}: {
  store: Store
  signer: CheckpointSigner
  clock: Clock
  given: readonly string[]
  remembered: AuditCheckpoint | null
}): Promise<AuditVerification> {
  const readRow = (sequence: number) => readAuditRow(store, sequence)
  const checkpoints = given.map((text) => readCheckpoint(signer, text))
  if (remembered !== null) checkpoints.push({ checkpoint: remembered, ours: true })
  const { rowCount, end, flaw } = await verifyChain({
    pages: readChainPages(store),
    readRow,
    checkpoints: checkpoints.filter(({ ours }) => ours).map(({ checkpoint }) => checkpoint),
  })
  const verdicts: AuditVerification["heads"] = []
  for (const { checkpoint, ours } of checkpoints) {
    const agrees = ours && (await readRow(checkpoint.sequence))?.hash === checkpoint.hash
    verdicts.push({
      sequence: checkpoint.sequence,
      at: toInstant(checkpoint.at),
      verdict: ours ? (agrees ? "agrees" : "contradicts") : "not-ours",
    })
  }
  return {
    whole: flaw === null,
    rowCount,
    firstFlaw: flaw,
    heads: verdicts,
    head: flaw === null && rowCount > 0 ? signer.sign({ ...end, at: clock.now() }) : null,
  }
}

function readCheckpoint(
  signer: CheckpointSigner,
  text: string,
): { checkpoint: AuditCheckpoint; ours: boolean } {
  const read = signer.read(text)
  if (read !== null) return read
  throw new AppError("invalid_request", {
    detail: "A checkpoint looks like audit-head-1.…; the server logs one every minute.",
    fields: { head: "This isn't a checkpoint" },
  })
}
