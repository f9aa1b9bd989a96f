import type { ComponentProps, ReactNode } from "react"
import type { FieldValues, Path, UseFormReturn } from "react-hook-form"
import type { FieldNote } from "#ui/fields/TextField.tsx"
import { FormTextField } from "./FormTextField.tsx"

/** One text field of a form, as a row of a table. */
export type TextFieldRow<Values extends FieldValues> = Omit<
  ComponentProps<typeof FormTextField<Values>>,
  "form" | "readOnly" | "onLeave" | "help" | "below"
>

/** Text fields of a form in table order. Ids and addresses, so in a monospaced font unless a row says otherwise. */
export function FormFields<Values extends FieldValues>({
  form,
  rows,
  notes = {},
  readOnly,
  onLeave,
  renderHelp,
  renderBelow,
}: {
  form: UseFormReturn<Values>
  rows: readonly TextFieldRow<Values>[]
  /** Field name → note. It replaces the row's own note. */
  notes?: Readonly<Record<string, FieldNote>>
  readOnly: boolean
  onLeave?: (name: Path<Values>) => Promise<void>
  /** Renders a button at the end of a field's label. */
  renderHelp?: (row: TextFieldRow<Values>) => ReactNode
  /** Renders a line under a field. */
  renderBelow?: (name: Path<Values>) => ReactNode
}) {
  return rows.map((row) => (
    <FormTextField
      key={row.name}
      mono
      {...row}
      form={form}
      note={notes[row.name] ?? row.note}
      readOnly={readOnly}
      onLeave={onLeave}
      help={renderHelp?.(row)}
      below={renderBelow?.(row.name)}
    />
  ))
}
