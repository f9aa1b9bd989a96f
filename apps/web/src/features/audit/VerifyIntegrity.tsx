import { useState, type SubmitEvent } from "react"
import { useAcknowledgeFlaws, useVerifyAudit } from "#api/audit.ts"
import { RequestError } from "#api/request-error.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { AcknowledgeFlaws } from "./AcknowledgeFlaws.tsx"
import { IntegrityVerdict } from "./IntegrityVerdict.tsx"
import { SigningKeys } from "./SigningKeys.tsx"
import styles from "./audit.module.css"

/** Verifies the audit log, also against checkpoints that were kept elsewhere. */
export function VerifyIntegrity() {
  const [kept, setKept] = useState("")
  const verify = useVerifyAudit()
  const acknowledge = useAcknowledgeFlaws()
  const shown = acknowledge.data ?? verify.data
  const openFlaws = shown?.flaws.filter(({ acknowledged }) => acknowledged === null) ?? []
  const problem = verify.error instanceof RequestError ? verify.error.problem : null
  const wrongHead = problem?.fields?.["head"]

  function submit(event: SubmitEvent) {
    event.preventDefault()
    acknowledge.reset()
    verify.mutate(kept.split(/\s+/).filter(Boolean))
  }

  return (
    <section className={`grid edge rounded ${styles.verify}`} aria-label="Integrity">
      <form className={`grid low gap-12 ${styles.ask}`} noValidate onSubmit={submit}>
        <TextField
          label="Checkpoint (optional)"
          hint="Paste a checkpoint from an earlier verification or the server's log. Detects a restored older database."
          error={wrongHead}
          required={false}
          mono
          value={kept}
          onChange={(event) => setKept(event.target.value)}
        />
        <Button type="submit" kind="primary" isBusy={verify.isPending}>
          {verify.isPending ? "Verifying…" : "Verify integrity"}
        </Button>
      </form>
      {verify.isError && wrongHead === undefined && (
        <ProblemNotice {...toProblemWords(verify.error)} announce />
      )}
      {shown !== undefined && <IntegrityVerdict {...shown} />}
      {openFlaws.length > 0 && <AcknowledgeFlaws flaws={openFlaws} acknowledge={acknowledge} />}
      <SigningKeys />
    </section>
  )
}
