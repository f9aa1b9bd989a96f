import { useState } from "react"
import { toFieldErrors } from "#api/request-error.ts"

/** Returns the server's errors of fields, each until its field is edited, and takes the names of an edited field. */
export function useFieldErrors(
  error: unknown,
): [errors: Readonly<Record<string, string>>, noteEdit: (...names: string[]) => void] {
  const [edited, setEdited] = useState<{ error: unknown; names: readonly string[] }>({ error, names: [] })
  const names = edited.error === error ? edited.names : []
  const left = Object.entries(toFieldErrors(error)).filter(([name]) => !names.includes(name))
  return [Object.fromEntries(left), (...more) => setEdited({ error, names: [...names, ...more] })]
}
