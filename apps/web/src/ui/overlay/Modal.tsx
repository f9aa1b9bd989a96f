import { focusTitle } from "#ui/PageHeader.tsx"
import { useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from "react"

/**
 * A bare modal over the page. Escape and a press beside it close it; the focus returns to where it was. Rendered only while open.
 */
export function Modal({
  className,
  label,
  labelledBy,
  closesBeside = false,
  onClose,
  children,
}: {
  className: string | undefined
  /** Names it; or the id of its title. */
  label?: string
  labelledBy?: string
  /** A press beside it closes it: nothing in it is lost then. */
  closesBeside?: boolean
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useEffectEvent(onClose)
  // Read before a field inside takes the focus.
  const [before] = useState(() => document.activeElement)

  // Its cleanup runs before it leaves the page; afterwards the rest of the page could not be focused yet.
  useLayoutEffect(() => {
    const box = dialog.current
    const closeBeside = ({ target }: Event) => {
      if (closesBeside && target === box) close()
    }
    // Test browsers without a layout have no modal dialogs.
    if (typeof box?.showModal === "function") box.showModal()
    else box?.setAttribute("open", "")
    box?.addEventListener("click", closeBeside)
    return () => {
      box?.removeEventListener("click", closeBeside)
      if (typeof box?.close === "function") box.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      else focusTitle({ preventScroll: true })
    }
  }, [before, closesBeside])

  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={`no-ring ${className}`}
      aria-label={label}
      aria-labelledby={labelledBy}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClose={({ currentTarget: box }) => {
        // A browser closes it without asking when Escape is pressed again and again.
        if (box.open) return
        box.showModal()
        onClose()
      }}
    >
      {children}
    </dialog>
  )
}
