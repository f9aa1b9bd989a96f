import type { SubmitEvent } from "react"
import { RequestError } from "#api/request-error.ts"
import { usePermissions } from "#shared/permissions.ts"

/** Sends a form unless it is on its way, or its person may not. */
export function useSubmit(isPending: boolean, send: () => void): (event: SubmitEvent) => void {
  const { mayChange } = usePermissions()
  return (event) => {
    event.preventDefault()
    if (mayChange && !isPending) send()
  }
}

/** Field name → what the server found wrong with it. */
export function toFieldErrors(error: unknown): Partial<Record<string, string>> {
  return (error instanceof RequestError ? error.problem?.fields : undefined) ?? {}
}
