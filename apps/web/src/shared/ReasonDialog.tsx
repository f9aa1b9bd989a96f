import type { About } from "@peering-desk/peering-rules"
import { ChangeReason, findMistake, type ApprovalNeed } from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState, type ReactNode } from "react"
import { toChangeWords } from "#copy/approval-note.ts"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { toProblemWords } from "#copy/problems.ts"

const reasonField = {
  label: "Reason",
  hint: "Stored in the audit log",
  check: (reason: string) => findMistake(ChangeReason.shape.reason, reason),
}

/** Asks for a confirmation and a reason before a change at Atlas, or for another line of text. */
export function ReasonDialog({
  projectId,
  about = {},
  question,
  act,
  field: { label, hint, check } = reasonField,
  needs = null,
  isPending,
  error,
  onConfirm,
  onCancel,
  children,
}: {
  /** Null for a change outside of projects. */
  projectId: string | null
  /** The object of the change, for explaining a refusal. */
  about?: About
  question: string
  /** The button's text before and during the change: "Delete container", "Deleting…". */
  act: { words: string; busy: string }
  field?: typeof reasonField
  /** The least role of the person who has to approve it; null for nobody. */
  needs?: ApprovalNeed | null
  isPending: boolean
  /** The error of the last try; null without one. */
  error: unknown
  onConfirm: (reason: string) => void
  onCancel: () => void
  /** The consequences. */
  children?: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState("")
  const [wrong, setWrong] = useState<string | undefined>()

  useEffect(() => input.current?.focus(), [])

  function confirm() {
    const mistake = check(reason)
    setWrong(mistake)
    if (mistake !== undefined) return input.current?.focus()
    onConfirm(reason.trim())
  }

  return (
    <Dialog title={question} onClose={() => !isPending && onCancel()}>
      <Form className="form" isBusy={isPending} onSubmit={confirm}>
        {children}
        <div className="fields">
          <TextField
            ref={input}
            label={label}
            hint={hint}
            value={reason}
            error={wrong}
            onChange={(event) => {
              setReason(event.target.value)
              setWrong(undefined)
            }}
          />
        </div>
        <ApprovalNote needs={needs} />
        {error !== null && (
          <RefusalNotice words={toProblemWords(error)} projectId={projectId} about={about} announce />
        )}
        <div className="row">
          <Button kind="primary" type="submit" isBusy={isPending}>
            {toChangeWords(needs, isPending, act)}
          </Button>
          <Button kind="quiet" isBusy={isPending} onClick={() => onCancel()}>
            Cancel
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
