import type { AuditFlaw, AuditFlawKind, AuditVerification } from "@peering-desk/shared-schemas"
import { Link } from "wouter"
import { flawWords, toHeadWords, verdictWords } from "#copy/audit-proof.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Copyable } from "#ui/Copyable.tsx"
import { Notice } from "#ui/Notice.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

const tones = { verified: "works", "verified-from": "you", flawed: "failed", "not-judged": "you" } as const

/** Where the first bad row is gone, or nothing is known of one row. */
const withoutRow: readonly AuditFlawKind[] = [
  "truncated",
  "missing",
  "unsigned",
  "key-missing",
  "changed-again",
]

/** The result of a verification, and how far the proof reaches. */
export function IntegrityVerdict(verification: AuditVerification) {
  const { verdict, rowCount, verifiedFrom, firstFlaw, flaws, heads, head } = verification
  const recorded = flaws.find(
    ({ sequence, acknowledged }) => sequence === firstFlaw?.sequence && !acknowledged,
  )
  const others = flaws.filter((flaw) => flaw !== recorded)
  const entries = rowCount === 1 ? "1 entry" : `${rowCount.toLocaleString("en")} entries`
  return (
    <Notice tone={tones[verdict]} title={verdictWords[verdict](entries, verifiedFrom)} announce>
      {firstFlaw !== null && (
        <FirstFlaw flaw={firstFlaw} recorded={recorded} rowCount={rowCount} entries={entries} />
      )}
      {others.length > 0 && <FlawList flaws={others} />}
      {heads.length > 0 && (
        <ul className="grid above-8 gap-4" aria-label="Checkpoints">
          {heads.map((one) => (
            <li key={`${one.sequence} ${one.at} ${one.key ?? ""}`} className="flow gap-0 gap-x-6">
              <span>
                Checkpoint of entry {one.sequence}, <Timestamp at={one.at} />:
              </span>{" "}
              <StateText {...toHeadWords(one)} />
            </li>
          ))}
        </ul>
      )}
      {firstFlaw === null && rowCount > 0 && <Reach {...verification} />}
      {head !== null && (
        <>
          <p>Keep this checkpoint outside this server. Paste it here later to detect removed entries.</p>
          <p>
            <Copyable value={head} label="checkpoint" />
          </p>
        </>
      )}
    </Notice>
  )
}

function FirstFlaw({
  flaw: { kind, sequence },
  recorded,
  rowCount,
  entries,
}: {
  flaw: Pick<AuditFlaw, "kind" | "sequence">
  recorded: AuditFlaw | undefined
  rowCount: number
  entries: string
}) {
  return (
    <p>
      {flawWords[kind](sequence)} {recorded && <FoundIn recordedAt={recorded.recordedAt} />}
      {rowCount > 0 && `${entries} before it ${rowCount === 1 ? "is" : "are"} unchanged.`}{" "}
      {!withoutRow.includes(kind) && <Link href={pagePaths.auditRow(sequence)}>Open entry {sequence}</Link>}
    </p>
  )
}

/** Says how far the proof reaches. */
function Reach({ verifiedFrom, flaws, proof: { signed, watched, kept } }: AuditVerification) {
  // A checkpoint is of the segment that the last flaw recorded before it began.
  const begins = flaws
    .map(({ recordedAt }) => recordedAt ?? 1)
    .filter((sequence) => sequence <= (kept?.sequence ?? 0))
  return (
    <ul className="grid above-8 gap-4" aria-label="How far the proof reaches">
      {signed === null ? (
        <li>
          The database holds no valid signature of the last entry. Entries may have been removed or added at
          the end.
        </li>
      ) : (
        <li>
          Entries {verifiedFrom}–{signed.sequence} are unchanged, signed <Timestamp at={signed.at} /> with key{" "}
          <code>{signed.key.slice(0, 8)}…</code>.
        </li>
      )}
      {kept !== null && (
        <li>
          Entries {Math.max(1, ...begins)}–{kept.sequence} are also those of the checkpoint that you kept,{" "}
          <Timestamp at={kept.at} />.
        </li>
      )}
      {watched !== null && (
        <li>
          A restored older database is detected from entry {watched.sequence} on,{" "}
          <Timestamp at={watched.since} />.
        </li>
      )}
      <li>
        To detect a database restored while every server was stopped, paste a checkpoint kept elsewhere.
      </li>
    </ul>
  )
}

/** Lists the flaws of the audit log, with who acknowledged each of them and why. */
function FlawList({ flaws }: { flaws: readonly AuditFlaw[] }) {
  return (
    <ul className="grid above-8 gap-4" aria-label="Flaws">
      {flaws.map(({ sequence, kind, recordedAt, acknowledged }) => (
        <li key={`${sequence} ${recordedAt}`}>
          {flawWords[kind](sequence)} <FoundIn recordedAt={recordedAt} />
          {acknowledged === null ? (
            "Not acknowledged."
          ) : (
            <>
              Acknowledged by {acknowledged.by}, <Timestamp at={acknowledged.at} />: “{acknowledged.reason}
              ”.{" "}
              <Link href={pagePaths.auditRow(acknowledged.sequence)}>Open entry {acknowledged.sequence}</Link>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Links to the entry that records a flaw, once there is one. */
function FoundIn({ recordedAt }: Pick<AuditFlaw, "recordedAt">) {
  if (recordedAt === null) return null
  return (
    <>
      Found in <Link href={pagePaths.auditRow(recordedAt)}>entry {recordedAt}</Link>.{" "}
    </>
  )
}
