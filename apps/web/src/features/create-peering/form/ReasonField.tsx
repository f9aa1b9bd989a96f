import type { ProviderName } from "@peering-desk/shared-schemas"
import { createContext, useContext } from "react"
import { FormTextField } from "#forms/FormTextField.tsx"
import type { ReasonForm } from "./use-reason-form.ts"

/** The cloud whose tab is open. */
export const OpenTab = createContext<ProviderName>("AWS")

/** Why the connection is wanted. All tabs have the same field, so it can only stand in the open one. */
export function ReasonField({
  form,
  providerName,
  readOnly,
}: {
  form: ReasonForm
  providerName: ProviderName
  readOnly: boolean
}) {
  if (useContext(OpenTab) !== providerName) return null
  return (
    <FormTextField
      form={form}
      name="reason"
      label="Reason"
      hint="Kept in the audit trail"
      readOnly={readOnly}
    />
  )
}
