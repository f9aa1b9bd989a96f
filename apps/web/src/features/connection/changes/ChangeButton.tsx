import { useContext, type ComponentProps } from "react"
import { Button } from "#ui/Button.tsx"
import { MayChange } from "./may-change.ts"

/** A button that changes something: it does nothing while it is busy, and for a viewer, who can find out why. */
export function ChangeButton({
  busy = false,
  onClick,
  ...rest
}: { busy?: boolean } & Omit<ComponentProps<typeof Button>, "aria-disabled" | "aria-describedby">) {
  const { may, reasonId } = useContext(MayChange)
  return (
    <Button
      {...rest}
      aria-disabled={busy || !may}
      aria-describedby={may ? undefined : reasonId}
      onClick={(event) => {
        // A form is not sent either: its submit asks the same.
        if (busy || !may) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}
