import type { About } from "@peering-desk/peering-rules"
import { ChangeReason } from "@peering-desk/shared-schemas"
import { useEffect, useId, useRef, useState, type ReactNode, type SubmitEvent } from "react"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./containers.module.css"

/** Asks for a confirmation and a reason before a change at Atlas. Takes the focus. */
export function ReasonConfirm({
  projectId,
  about = {},
  question,
  act,
  isPending,
  error,
  onConfirm,
  onCancel,
  children,
}: {
  projectId: string
  /** The object of the change, for explaining a refusal. */
  about?: About
  question: string
  /** The button's text before and during the change: "Delete it", "Deleting…". */
  act: { words: string; busy: string }
  isPending: boolean
  /** The error of the last try; null without one. */
  error: unknown
  onConfirm: (reason: string) => void
  onCancel: () => void
  children?: ReactNode
}) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState("")
  const [wrong, setWrong] = useState<string | undefined>()

  // State changes too late to stop the second click of a double click.
  const busy = useRef(false)

  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    busy.current = isPending
  }, [isPending])

  function confirm(event: SubmitEvent) {
    event.preventDefault()
    if (busy.current) return
    const parsed = ChangeReason.safeParse({ reason })
    setWrong(parsed.error?.issues[0]?.message)
    if (!parsed.success) return field.current?.focus()
    busy.current = true
    onConfirm(parsed.data.reason)
  }

  return (
    <form noValidate className={styles.confirm} aria-labelledby={id} aria-busy={isPending} onSubmit={confirm}>
      <p id={id} className={styles.question}>
        {question}
      </p>
      {children}
      <TextField
        ref={field}
        label="Reason"
        hint="Kept in the audit trail"
        value={reason}
        readOnly={isPending}
        error={wrong}
        onChange={(event) => {
          setReason(event.target.value)
          setWrong(undefined)
        }}
      />
      {error !== null && (
        <RefusalNotice words={toProblemWords(error)} projectId={projectId} about={about} announce />
      )}
      <div className={styles.actions}>
        <Button type="submit" aria-disabled={isPending}>
          {isPending ? act.busy : act.words}
        </Button>
        <Button kind="quiet" aria-disabled={isPending} onClick={() => !isPending && onCancel()}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
