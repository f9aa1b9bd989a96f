import type { ComponentProps } from "react"
import {
  useFormState,
  useWatch,
  type FieldValues,
  type Path,
  type PathValue,
  type UseFormReturn,
} from "react-hook-form"
import { TextField, type FieldNote } from "#ui/fields/TextField.tsx"

/** Marks an error found by the server: leaving the field keeps it, changing the field clears it. */
export const serverErrorType = "server"

/**
 * A text field of a form. Trims its text on blur. Shows an error on blur or submit and clears it as soon as the text is right. An
 * empty field shows no error before the form is submitted.
 */
export function FormTextField<Values extends FieldValues>({
  form,
  name,
  note,
  onLeave,
  ...props
}: {
  form: UseFormReturn<Values>
  name: Path<Values>
  /** A remark on the field, a warning in words, or a function that finds a warning in its text. */
  note?: FieldNote | string | null | ((text: string) => string | null) | undefined
  /** Runs when the person leaves the field, before it is validated. */
  onLeave?: () => Promise<void>
} & Omit<ComponentProps<typeof TextField>, "name" | "error" | "note" | "ref" | "onChange" | "onBlur">) {
  const { control, getFieldState, register, setValue, trigger } = form
  // Subscribes to this field's errors alone.
  const { error } = form.getFieldState(name, useFormState({ control, name }))
  const text = useWatch({ control, name, disabled: typeof note !== "function" })

  const validate = () => {
    if (getFieldState(name).error?.type !== serverErrorType) void trigger(name)
  }
  const input = register(name, {
    onChange: () => {
      if (getFieldState(name).error) void trigger(name)
    },
    onBlur: ({ target }: { target: HTMLInputElement }) => {
      const trimmed = target.value.trim()
      if (trimmed !== target.value) setValue(name, trimmed as PathValue<Values, Path<Values>>)
      if (trimmed === "") return
      if (onLeave === undefined) validate()
      else void onLeave().then(validate)
    },
  })
  return (
    <TextField
      {...props}
      {...input}
      note={toNote(typeof note === "function" ? note(String(text)) : note)}
      error={error?.message}
    />
  )
}

function toNote(note: FieldNote | string | null | undefined): FieldNote | undefined {
  return typeof note === "string" ? { tone: "you", says: note } : (note ?? undefined)
}
