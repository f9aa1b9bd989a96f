import { useState } from "react"
import { toFieldErrors } from "#api/request-error.ts"

/** Returns the server's errors of fields, each until its field is edited. */
export function useFieldErrors(error: unknown) {
  const [edited, setEdited] = useState<{ error: unknown; names: readonly string[] }>({ error, names: [] })
  const names = edited.error === error ? edited.names : []
  const left = Object.entries(toFieldErrors(error)).filter(([name]) => !names.includes(name))
  const noteEdit = (...more: string[]) => setEdited({ error, names: [...names, ...more] })
  return {
    errors: Object.fromEntries(left) as Readonly<Record<string, string>>,
    /** Takes the names of edited fields. */
    noteEdit,
    /** Makes the listener of an input: it takes the text, and the names that the field has for the server. */
    edit:
      (take: (text: string) => void, ...of: string[]) =>
      ({ target }: { target: { value: string } }) => {
        take(target.value)
        noteEdit(...of)
      },
  }
}
