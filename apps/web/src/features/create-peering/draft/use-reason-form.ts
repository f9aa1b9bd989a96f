import { ChangeReason } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useForm, type FieldErrors, type Resolver, type UseFormReturn } from "react-hook-form"
import type { DraftOwner } from "./draft-storage.ts"
import { keepReason, readReason } from "./peering-draft.ts"

export type ReasonForm = UseFormReturn<ChangeReason>

const resolver: Resolver<ChangeReason> = (values) => {
  const message = ChangeReason.safeParse(values).error?.issues[0]?.message
  if (message === undefined) return { values, errors: {} }
  const errors: FieldErrors<ChangeReason> = { reason: { type: "custom", message } }
  return { values: {}, errors }
}

/** Creates the form of the reason. The three clouds share it, so changing the tab keeps the text. */
export function useReasonForm(owner: DraftOwner): ReasonForm {
  const [reason] = useState(() => readReason(owner))
  const form = useForm<ChangeReason>({ resolver, defaultValues: { reason }, reValidateMode: "onSubmit" })

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepReason(owner, values.reason),
      }),
    [form, owner],
  )
  return form
}
