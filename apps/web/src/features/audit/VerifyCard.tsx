import type { AuditVerification } from "@peering-desk/shared-schemas"
import { useState, type SubmitEvent } from "react"
import { Link } from "wouter"
import { useVerifyAudit } from "#api/audit.ts"
import { RequestError } from "#api/request-error.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Notice } from "#ui/Notice.tsx"
import { Pill, type Tone } from "#ui/marks/Pill.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./audit.module.css"

const verdicts: Record<AuditVerification["heads"][number]["verdict"], { tone: Tone; words: string }> = {
  agrees: { tone: "works", words: "agrees with the trail" },
  contradicts: { tone: "failed", words: "contradicts the trail" },
  "not-ours": { tone: "unknown", words: "not signed by this installation, so it says nothing" },
}

/** Verifies the audit log. */
export function VerifyCard() {
  const [kept, setKept] = useState("")
  const verify = useVerifyAudit()
  const problem = verify.error instanceof RequestError ? verify.error.problem : null
  const wrongHead = problem?.fields?.["head"]

  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!verify.isPending) verify.mutate(kept.split(/\s+/).filter(Boolean))
  }

  return (
    <Card title="Is the trail whole?">
      <form className={styles.verify} noValidate onSubmit={submit}>
        <div className={styles.ask}>
          <TextField
            label="A signed head that you kept"
            hint="audit-head-1.… from an earlier look or the server's log; without one, rows cut off the end can't be noticed"
            error={wrongHead}
            required={false}
            mono
            value={kept}
            onChange={(event) => setKept(event.target.value)}
          />
          <Button type="submit" kind="primary" aria-disabled={verify.isPending}>
            {verify.isPending ? "Reading all rows…" : "Verify"}
          </Button>
        </div>
        {verify.isError && wrongHead === undefined && (
          <ProblemNotice {...toProblemWords(verify.error)} announce />
        )}
        {verify.data !== undefined && <Verdict {...verify.data} />}
      </form>
    </Card>
  )
}

function Verdict({ whole, rowCount, firstFlaw, heads, head }: AuditVerification) {
  const rows = rowCount === 1 ? "1 row" : `${rowCount.toLocaleString("en")} rows`
  return (
    <Notice
      tone={whole ? "works" : "failed"}
      title={whole ? `Whole: ${rows}, each as it was written` : "The trail was tampered with"}
      announce
    >
      {firstFlaw !== null && (
        <p>
          {firstFlaw.sentence}{" "}
          <Link href={pagePaths.auditRow(firstFlaw.sequence)}>Row {firstFlaw.sequence}</Link> is the first
          that is not right; {rows} before it {rowCount === 1 ? "is" : "are"} as written.
        </p>
      )}
      {heads.length > 0 && (
        <ul className={styles.heads} aria-label="Signed heads">
          {heads.map(({ sequence, at, verdict }) => (
            <li key={`${sequence} ${at}`}>
              Head of row {sequence}, signed <Timestamp at={at} />{" "}
              <Pill tone={verdicts[verdict].tone}>{verdicts[verdict].words}</Pill>
            </li>
          ))}
        </ul>
      )}
      {head !== null && (
        <>
          <p>
            Keep this outside of this server. Given back here later, it proves that nothing up to now was
            taken away:
          </p>
          <p>
            <Copyable value={head} label="signed head" />
          </p>
        </>
      )}
    </Notice>
  )
}
