import type { ComponentProps } from "react"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"

/** A button that changes something: it does nothing while it is busy, and for a viewer, who can find out why. */
export function ChangeButton({
  busy = false,
  onClick,
  ...rest
}: { busy?: boolean } & Omit<ComponentProps<typeof Button>, "aria-disabled" | "aria-describedby">) {
  const { mayChange, reasonId } = usePermissions()
  return (
    <Button
      {...rest}
      aria-disabled={busy || !mayChange}
      aria-describedby={mayChange ? undefined : reasonId}
      onClick={(event) => {
        // A form is not sent either: its submit asks the same.
        if (busy || !mayChange) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
