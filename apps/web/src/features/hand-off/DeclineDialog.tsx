import type { HandOffView } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import styles from "./hand-off.module.css"

/** Asks for the reason of a decline, and says what it does. */
export function DeclineDialog({
  view,
  error,
  isPending,
  onClose,
  onDecline,
}: {
  view: HandOffView
  error: Error | null
  isPending: boolean
  onClose: () => void
  onDecline: (reason: string) => void
}) {
  const [reason, setReason] = useState("")
  const [wasEmpty, setWasEmpty] = useState(false)

  function submit() {
    setWasEmpty(reason.trim() === "")
    if (reason.trim() !== "") onDecline(reason.trim())
  }

  return (
    <Dialog title="Decline this peering?" onClose={onClose}>
      <Form className="grid gap-16" onSubmit={submit}>
        <p>
          {view.askedBy.name} sees your reason at once. Nothing changes in your account.
          {view.peer.providerName === "AWS" &&
            " The request in AWS stays open until it expires or you reject it there."}
        </p>
        <TextField
          label="Reason"
          hint="Up to 200 characters"
          error={wasEmpty && reason.trim() === "" ? "Enter a reason" : undefined}
          value={reason}
          onChange={(event) => setReason(event.target.value.slice(0, 200))}
        />
        <Failure error={error} />
        <div className={`row gap-10 ${styles.actions}`}>
          <Button type="submit" kind="primary" isBusy={isPending}>
            {isPending ? "Declining…" : "Decline"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </Form>
    </Dialog>
  )
}
