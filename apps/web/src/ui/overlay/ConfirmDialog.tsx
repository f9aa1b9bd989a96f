import type { ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { Dialog } from "./Dialog.tsx"

/** What becomes of a question. */
export interface Asking {
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is done, with its consequences. */
export function ConfirmDialog({
  title,
  act,
  isPending = false,
  onConfirm,
  onClose,
  children,
}: Asking & {
  title: string
  /** The words of the button that does it. */
  act: string
  /** It is being done. */
  isPending?: boolean
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
        <div className="row">
          <Button kind="primary" isBusy={isPending} onClick={onConfirm}>
            {act}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
