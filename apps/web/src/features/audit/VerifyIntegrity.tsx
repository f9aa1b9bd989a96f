import { useState } from "react"
import { useAcknowledgeFlaws, useVerifyAudit } from "#api/audit.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
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
  const wrongHead = toFieldErrors(verify.error)["head"]

  function submit() {
    acknowledge.reset()
    verify.mutate(kept.split(/\s+/).filter(Boolean))
  }

  return (
    <section className={`screen-only grid edge rounded below-20 ${styles.verify}`} aria-label="Integrity">
      <Form className={`grid low gap-12 ${styles.ask}`} onSubmit={submit}>
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
      </Form>
      <Failure error={verify.error} shownFields={["head"]} />
      {shown !== undefined && <IntegrityVerdict {...shown} />}
      {openFlaws.length > 0 && <AcknowledgeFlaws flaws={openFlaws} acknowledge={acknowledge} />}
      <SigningKeys />
    </section>
  )
}
