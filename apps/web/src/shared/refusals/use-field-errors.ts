import { useState } from "react"
import { toFieldErrors } from "#api/request-error.ts"

/** Returns the server's errors of fields, each until its field is edited, and takes the name of an edited field. */
export function useFieldErrors(
  error: unknown,
): [errors: Readonly<Record<string, string>>, noteEdit: (name: string) => void] {
  const [edited, setEdited] = useState<{ error: unknown; names: readonly string[] }>({ error, names: [] })
  const names = edited.error === error ? edited.names : []
  const left = Object.entries(toFieldErrors(error)).filter(([name]) => !names.includes(name))
  return [Object.fromEntries(left), (name) => setEdited({ error, names: [...names, name] })]
}
