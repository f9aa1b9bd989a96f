import type { FieldValues, Path, UseFormReturn } from "react-hook-form"
import { serverErrorType } from "./FormTextField.tsx"

/**
 * Shows the server's errors at their fields and focuses the first one.
 * @param names the form's fields in page order
 * @param found field name → error
 * @returns how many of the errors have a field here
 */
export function showServerErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
  found: Readonly<Record<string, string>>,
): number {
  const wrong = names.filter((name) => Object.hasOwn(found, name))
  for (const name of wrong) form.setError(name, { type: serverErrorType, message: found[name] ?? "" })
  // Last: the field that loses the focus validates, and must have the server's error by then.
  const [first] = wrong
  if (first !== undefined) form.setFocus(first)
  return wrong.length
}
