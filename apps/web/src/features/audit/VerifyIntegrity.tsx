import { useState, type SubmitEvent } from "react"
import { useVerifyAudit } from "#api/audit.ts"
import { RequestError } from "#api/request-error.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { IntegrityVerdict } from "./IntegrityVerdict.tsx"
import { SigningKeys } from "./SigningKeys.tsx"
import styles from "./audit.module.css"

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
          hint="Paste a checkpoint from an earlier verification or the server's log. It detects an older copy of the database."
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
      {verify.data !== undefined && <IntegrityVerdict {...verify.data} />}
      <SigningKeys />
    </section>
  )
}
