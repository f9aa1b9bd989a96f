import type { ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Dialog } from "./Dialog.tsx"

/** What becomes of a question. */
export interface Asking {
  /** It is being done. */
  isPending?: boolean
  /** Why it could not be done. */
  failure?: ReactNode
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is done, with its consequences. */
export function ConfirmDialog({
  title,
  act,
  isPending = false,
  failure,
  onConfirm,
  onClose,
  children,
}: Asking & {
  title: string
  /** The words of the button that does it. */
  act: string
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={() => !isPending && onClose()}>
      <Form className="stack" isBusy={isPending} onSubmit={onConfirm}>
        {children}
        {failure}
        <div className="row">
          <Button kind="primary" type="submit" isBusy={isPending}>
            {act}
          </Button>
          <Button kind="quiet" isBusy={isPending} onClick={onClose}>
            Cancel
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
