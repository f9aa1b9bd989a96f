import type { SubmitEvent } from "react"
import { usePermissions } from "#shared/permissions.ts"

/** Sends a form unless it is on its way, or its person may not. */
export function useSubmit(isPending: boolean, send: () => void): (event: SubmitEvent) => void {
  const { mayChange } = usePermissions()
  return (event) => {
    event.preventDefault()
    if (mayChange && !isPending) send()
  }
}
