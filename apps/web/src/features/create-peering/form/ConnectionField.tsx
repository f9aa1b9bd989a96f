import { useContext, type ComponentProps } from "react"
import { FormTextField } from "#forms/FormTextField.tsx"
import type { ConnectionValues } from "./connection-values.ts"
import { FieldNotesContext } from "./field-notes.ts"

/** A text field of the connection, with what the verdict says of it. */
export function ConnectionField<Values extends ConnectionValues>({
  note,
  ...field
}: ComponentProps<typeof FormTextField<Values>>) {
  const notes = useContext(FieldNotesContext)
  return <FormTextField {...field} note={notes[field.name] ?? note} />
}
