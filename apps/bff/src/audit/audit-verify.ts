import type { AuditVerification } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { toInstant, type Clock } from "#base/clock.ts"
import type { Store } from "#store/store.ts"
import { readAuditRow } from "./audit-rows.ts"
import { readChainPages } from "./chain-pages.ts"
import { verifyChain } from "./hash-chain.ts"
import type { AuditHead, CheckpointSigner } from "./checkpoint.ts"

/**
 * Reads the whole trail and tells whether it is as it was written.
 * @param given signed heads as text, which were kept elsewhere
 * @param remembered the last head this process emitted
 * @throws AppError `invalid_request` when a given text is no head
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
  remembered: AuditHead | null
}): Promise<AuditVerification> {
  const readRow = (sequence: number) => readAuditRow(store, sequence)
  const heads = given.map((text) => readHead(signer, text))
  if (remembered !== null) heads.push({ head: remembered, ours: true })
  const { rowCount, end, flaw } = await verifyChain({
    pages: readChainPages(store),
    readRow,
    heads: heads.filter(({ ours }) => ours).map(({ head }) => head),
  })
  const verdicts: AuditVerification["heads"] = []
  for (const { head, ours } of heads) {
    const agrees = ours && (await readRow(head.sequence))?.hash === head.hash
    verdicts.push({
      sequence: head.sequence,
      at: toInstant(head.at),
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

function readHead(signer: CheckpointSigner, text: string): { head: AuditHead; ours: boolean } {
  const read = signer.read(text)
  if (read !== null) return read
  throw new AppError("invalid_request", {
    detail: "A signed head looks like audit-head-1.… and stands in the log of the server, once a minute.",
    fields: { head: "This is no signed head" },
  })
}
