import { useState } from "react"
import type { AuditFlaw } from "@peering-desk/shared-schemas"
import { useAcknowledgeFlaws, useVerifyAudit } from "#api/audit.ts"
import { toFieldErrors } from "#api/request-error.ts"
import { stripInvisible } from "#forms/strip-invisible.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button, passFocusOn } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { IntegrityVerdict } from "./IntegrityVerdict.tsx"
import { SigningKeys } from "./SigningKeys.tsx"
import styles from "./audit.module.css"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { Notice } from "#ui/Notice.tsx"

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
    verify.mutate(stripInvisible(kept).split(/\s+/).filter(Boolean))
  }

  return (
    <section className={`screen-only grid edge rounded below-20 ${styles.verify}`} aria-label="Integrity">
      <Form className={`grid low gap-12 ${styles.ask}`} isBusy={verify.isPending} onSubmit={submit}>
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

/** Lets a global administrator acknowledge flaws with a reason; tells others whom to ask. */
function AcknowledgeFlaws({
  flaws,
  acknowledge,
}: {
  flaws: readonly AuditFlaw[]
  acknowledge: ReturnType<typeof useAcknowledgeFlaws>
}) {
  const person = usePerson()
  const [reason, setReason] = useState("")
  const [isMissing, setIsMissing] = useState(false)
  const found = toFieldErrors(acknowledge.error)

  if (person?.access.everywhere !== "administrator")
    return <p>Only global administrators can acknowledge a flaw. Ask {toAskWhom(person?.askWhom ?? null)}.</p>

  function submit() {
    setIsMissing(reason.trim() === "")
    if (reason.trim() === "") return
    acknowledge.mutate({ flaws: flaws.map(({ sequence }) => sequence), reason: reason.trim() })
  }

  const what = flaws.length === 1 ? "flaw" : `${flaws.length} flaws`
  const wrongReason = isMissing ? "Enter a reason (stored in the audit log)" : found["reason"]
  return (
    <Form
      className={`grid gap-12 ${styles.acknowledge}`}
      isBusy={acknowledge.isPending}
      onSubmit={submit}
      aria-label="Acknowledge"
    >
      <p>
        A flaw stays in the log. Find its cause first, then acknowledge it: later entries are verified again,
        and every verification keeps showing the flaw with your name and reason.
      </p>
      <div className={`grid low gap-12 ${styles.ask}`}>
        <TextField
          ref={passFocusOn}
          label="Reason"
          hint="Stored in the audit log"
          error={wrongReason}
          value={reason}
          onChange={(event) => {
            setReason(event.target.value)
            setIsMissing(false)
          }}
        />
        <Button type="submit" isBusy={acknowledge.isPending}>
          {acknowledge.isPending ? "Acknowledging…" : `Acknowledge ${what}`}
        </Button>
      </div>
      {found["flaws"] !== undefined ? (
        <Notice tone="failed" title="Not acknowledged: the flaws changed since this verification" announce>
          <p>Verify the integrity again to see them.</p>
        </Notice>
      ) : (
        <Failure error={wrongReason === undefined ? acknowledge.error : null} />
      )}
    </Form>
  )
}
