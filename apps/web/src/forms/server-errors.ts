import type { FieldValues, Path, UseFormReturn } from "react-hook-form"
import { serverErrorType } from "./FormTextField.tsx"

/**
 * Puts what the server found wrong onto the fields it named, and the focus on the first of them.
 * @param names the form's fields in the order in which they stand on the page
 * @param found field name → what is wrong
 * @returns how many of the findings have a field here
 */
export function showServerErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
  found: Readonly<Record<string, string>>,
): number {
  const wrong = names.filter((name) => Object.hasOwn(found, name))
  for (const name of wrong) form.setError(name, { type: serverErrorType, message: found[name] ?? "" })
  // Last: the field that loses the focus is looked at again, and must know by then that its error is the server's.
  const [first] = wrong
  if (first !== undefined) form.setFocus(first)
  return wrong.length
}
