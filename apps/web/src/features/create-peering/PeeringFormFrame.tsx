import { useContext, useEffect, useState, type ReactNode, type SubmitEvent } from "react"
import { useFormState } from "react-hook-form"
import { Button } from "#ui/Button.tsx"
import type { ConnectionValues } from "./connection-values.ts"
import { MayCreate } from "./may-create.ts"
import { SubmitOutcome } from "./SubmitOutcome.tsx"
import { ReasonField } from "./ReasonField.tsx"
import { toFieldNames, type Filled, type PeeringForm } from "./use-peering-form.ts"
import styles from "./create-peering.module.css"

/** What the forms of all three clouds have around their fields: sending, what came of it, and starting over. */
export function PeeringFormFrame<Values extends ConnectionValues>({
  empty,
  peeringForm,
  onSending,
  children,
}: {
  empty: Values
  peeringForm: PeeringForm<Values>
  onSending: (sending: boolean) => void
  children: ReactNode
}) {
  const { owner, form, reasonForm, sending, outcome, send, checkAgain, startOver } = peeringForm
  const { errors } = useFormState({ control: form.control })
  const { errors: reasonErrors } = useFormState({ control: reasonForm.control })
  const [thrownAway, setThrownAway] = useState<Filled<Values> | null>(null)
  const mayCreate = useContext(MayCreate)
  const fieldNames = [...toFieldNames(empty), "reason"]
  const wrong = fieldNames.filter((name) => Object.hasOwn({ ...errors, ...reasonErrors }, name)).length

  useEffect(() => onSending(sending), [onSending, sending])

  /** All that is wrong is said at once; the focus goes to the first, and the reason stands last. */
  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!mayCreate.may) return
    const hasReason = await reasonForm.trigger("reason")
    await form.handleSubmit(async () => {
      if (hasReason) await send(reasonForm.getValues("reason").trim(), null)
      else reasonForm.setFocus("reason")
    })(event)
  }

  return (
    <form
      noValidate
      className={styles.form}
      aria-busy={sending}
      onSubmit={(event) => void submit(event)}
      onInput={() => setThrownAway(null)}
    >
      {children}
      <ReasonField form={reasonForm} providerName={empty.providerName} readOnly={sending} />
      {outcome !== null && (
        <SubmitOutcome
          projectId={owner.projectId}
          outcome={outcome}
          fieldNames={fieldNames}
          checking={sending}
          onCheckAgain={checkAgain}
        />
      )}
      <div className={styles.actions}>
        <Button
          kind="primary"
          type="submit"
          aria-disabled={sending || !mayCreate.may}
          aria-describedby={mayCreate.may ? undefined : mayCreate.reasonId}
          // Pressing would take the focus from the last field, whose error then moves the button away from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
        >
          {sending ? "Creating…" : "Create connection"}
        </Button>
        <Button
          kind="quiet"
          aria-disabled={sending}
          onClick={() => {
            if (sending) return
            const filled = { values: form.getValues(), reason: reasonForm.getValues("reason") }
            setThrownAway(thrownAway === null ? filled : null)
            startOver(thrownAway ?? undefined)
          }}
        >
          {thrownAway === null ? "Start over" : "Bring back what was there"}
        </Button>
        <output className={styles.count}>
          {wrong > 0 && (wrong === 1 ? "One thing to put right" : `${wrong} things to put right`)}
        </output>
      </div>
    </form>
  )
}
