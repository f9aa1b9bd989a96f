import type { ComponentProps } from "react"
import type { FieldValues, UseFormReturn } from "react-hook-form"
import { FormTextField } from "./FormTextField.tsx"

/** One text field of a form, as a row of a table. */
export type TextFieldRow<Values extends FieldValues> = Omit<
  ComponentProps<typeof FormTextField<Values>>,
  "form" | "readOnly"
>

/** Text fields of a form in table order. Ids and addresses, so in a monospaced font unless a row says otherwise. */
export function FormFields<Values extends FieldValues>({
  form,
  rows,
  notes = {},
  readOnly,
}: {
  form: UseFormReturn<Values>
  rows: readonly TextFieldRow<Values>[]
  /** Field name → note. It replaces the row's own note. */
  notes?: Readonly<Record<string, string>>
  readOnly: boolean
}) {
  return rows.map((row) => (
    <FormTextField
      key={row.name}
      mono
      {...row}
      form={form}
      note={notes[row.name] ?? row.note}
      readOnly={readOnly}
    />
  ))
}
