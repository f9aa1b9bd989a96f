import type { ComponentProps } from "react"
import {
  useFormState,
  type FieldValues,
  type Path,
  type PathValue,
  type UseFormReturn,
} from "react-hook-form"
import { TextField } from "#ui/TextField.tsx"

/** The kind of an error that the server found; looking at the field again cannot take it away, changing it can. */
export const serverErrorType = "server"

/**
 * A text field of a form. Spaces around the text go when the field is left. What is wrong is said when the field is left or
 * the form is sent, and taken back as soon as it is right; an empty field is not complained about before the form is sent.
 */
export function FormTextField<Values extends FieldValues>({
  form,
  name,
  ...look
}: {
  form: UseFormReturn<Values>
  name: Path<Values>
} & Omit<ComponentProps<typeof TextField>, "name" | "error" | "ref" | "onChange" | "onBlur">) {
  const { control, getFieldState, register, setValue, trigger } = form
  // Subscribes to this field's errors alone.
  const { error } = form.getFieldState(name, useFormState({ control, name }))

  const input = register(name, {
    onChange: () => {
      if (getFieldState(name).error) void trigger(name)
    },
    onBlur: ({ target }: { target: HTMLInputElement }) => {
      const text = target.value.trim()
      if (text !== target.value) setValue(name, text as PathValue<Values, Path<Values>>)
      if (text !== "" && getFieldState(name).error?.type !== serverErrorType) void trigger(name)
    },
  })
  return <TextField {...look} {...input} error={error?.message} />
}
