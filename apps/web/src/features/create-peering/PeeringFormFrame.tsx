import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { useEffect, useState, type ReactNode } from "react"
import { useFormState } from "react-hook-form"
import { Button } from "#ui/Button.tsx"
import { SubmitOutcome } from "./SubmitOutcome.tsx"
import { toFieldNames, type PeeringForm } from "./use-peering-form.ts"
import styles from "./create-peering.module.css"

/** What the forms of all three clouds have around their fields: sending, what came of it, and starting over. */
export function PeeringFormFrame<Values extends PeeringRequest>({
  projectId,
  empty,
  peeringForm,
  onSending,
  children,
}: {
  projectId: string
  empty: Values
  peeringForm: PeeringForm<Values>
  onSending: (sending: boolean) => void
  children: ReactNode
}) {
  const { form, sending, outcome, send, checkAgain, startOver } = peeringForm
  const { errors } = useFormState({ control: form.control })
  const [thrownAway, setThrownAway] = useState<Values | null>(null)
  const wrong = toFieldNames(empty).filter((name) => Object.hasOwn(errors, name)).length

  useEffect(() => onSending(sending), [onSending, sending])

  const submit = form.handleSubmit(send)

  return (
    <form
      noValidate
      className={styles.form}
      aria-busy={sending}
      onSubmit={(event) => void submit(event)}
      onInput={() => setThrownAway(null)}
    >
      {children}
      {outcome !== null && (
        <SubmitOutcome
          projectId={projectId}
          outcome={outcome}
          fieldNames={toFieldNames(empty)}
          checking={sending}
          onCheckAgain={checkAgain}
        />
      )}
      <div className={styles.actions}>
        <Button
          kind="primary"
          type="submit"
          aria-disabled={sending}
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
            setThrownAway(thrownAway === null ? form.getValues() : null)
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
