import type { ComponentProps } from "react"
import { useController, type FieldValues, type Path, type UseFormReturn } from "react-hook-form"
import { RadioCards } from "#ui/fields/RadioCards.tsx"

/** A choice of a form. Choosing clears its error. */
export function FormRadioCards<Values extends FieldValues>({
  form,
  name,
  ...look
}: {
  form: UseFormReturn<Values>
  name: Path<Values>
} & Omit<ComponentProps<typeof RadioCards>, "value" | "error" | "ref" | "onChange" | "onBlur">) {
  const {
    field: { ref, value, onBlur, onChange },
    fieldState,
  } = useController({ control: form.control, name })
  return (
    <RadioCards
      {...look}
      value={String(value)}
      error={fieldState.error?.message}
      ref={ref}
      onBlur={onBlur}
      onChange={(chosen) => {
        onChange(chosen)
        form.clearErrors(name)
      }}
    />
  )
}
