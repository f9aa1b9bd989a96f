import type { ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import layout from "#ui/layout.module.css"

/** Asks before something of this project is removed, with the consequence. */
export function ConfirmDialog({
  title,
  act,
  onConfirm,
  onClose,
  children,
}: {
  title: string
  act: string
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={layout.page}>
        <p>{children}</p>
        <div className={layout.row}>
          <Button kind="primary" onClick={onConfirm}>
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
