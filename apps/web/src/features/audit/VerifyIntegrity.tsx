import type { AuditVerification } from "@peering-desk/shared-schemas"
import { useState, type SubmitEvent } from "react"
import { Link } from "wouter"
import { useVerifyAudit } from "#api/audit.ts"
import { RequestError } from "#api/request-error.ts"
import { flawWords } from "#copy/audit.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Notice } from "#ui/Notice.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import type { Tone } from "#ui/marks/Pill.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./audit.module.css"

const verdicts: Record<AuditVerification["heads"][number]["verdict"], { tone: Tone; words: string }> = {
  agrees: { tone: "works", words: "matches" },
  contradicts: { tone: "failed", words: "does not match" },
  "not-ours": { tone: "unknown", words: "not signed by this installation, proves nothing" },
}

/** Verifies the audit log, also against checkpoints that were kept elsewhere. */
export function VerifyIntegrity() {
  const [kept, setKept] = useState("")
  const verify = useVerifyAudit()
  const problem = verify.error instanceof RequestError ? verify.error.problem : null
  const wrongHead = problem?.fields?.["head"]

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!verify.isPending) verify.mutate(kept.split(/\s+/).filter(Boolean))
  }

  return (
    <section className={styles.verify} aria-label="Integrity">
      <form className={styles.ask} noValidate onSubmit={submit}>
        <TextField
          label="Checkpoint (optional)"
          hint="Paste a checkpoint from an earlier verification. Without one, removed recent rows can't be detected."
          error={wrongHead}
          required={false}
          mono
          value={kept}
          onChange={(event) => setKept(event.target.value)}
        />
        <Button type="submit" kind="primary" aria-disabled={verify.isPending}>
          {verify.isPending ? "Verifying…" : "Verify integrity"}
        </Button>
      </form>
      {verify.isError && wrongHead === undefined && (
        <ProblemNotice {...toProblemWords(verify.error)} announce />
      )}
      {verify.data !== undefined && <Verdict {...verify.data} hasCheckpoint={kept.trim() !== ""} />}
    </section>
  )
}

function Verdict({
  whole,
  rowCount,
  firstFlaw,
  heads,
  head,
  hasCheckpoint,
}: AuditVerification & { hasCheckpoint: boolean }) {
  const entries = rowCount === 1 ? "1 entry" : `${rowCount.toLocaleString("en")} entries`
  const proof = heads.some(({ verdict }) => verdict === "agrees")
  return (
    <Notice
      tone={whole ? "works" : "failed"}
      title={whole ? `Verified: ${entries}, no changes` : "Integrity check failed"}
      announce
    >
      {firstFlaw !== null && (
        <p>
          {flawWords[firstFlaw.kind](firstFlaw.sequence)} {entries} before it {rowCount === 1 ? "is" : "are"}{" "}
          unchanged.{" "}
          <Link href={pagePaths.auditRow(firstFlaw.sequence)}>Open entry {firstFlaw.sequence}</Link>
        </p>
      )}
      {whole && !proof && !hasCheckpoint && (
        <p>No checkpoint was compared, so removed recent entries would not be noticed.</p>
      )}
      {heads.length > 0 && (
        <ul className={styles.heads} aria-label="Checkpoints">
          {heads.map(({ sequence, at, verdict }) => (
            <li key={`${sequence} ${at}`}>
              <span>
                Checkpoint of entry {sequence}, <Timestamp at={at} />:
              </span>{" "}
              <StateText tone={verdicts[verdict].tone}>{verdicts[verdict].words}</StateText>
            </li>
          ))}
        </ul>
      )}
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
