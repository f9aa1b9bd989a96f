import { zodResolver } from "@hookform/resolvers/zod"
import { ChangeReason } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useForm, type UseFormReturn } from "react-hook-form"
import type { DraftOwner } from "#features/create-peering/prefill/draft-storage.ts"
import { keepReason, readReason } from "./peering-draft.ts"

export type ReasonForm = UseFormReturn<ChangeReason>

const resolver = zodResolver(ChangeReason)

/** Why the connection is wanted. A form of its own, which those of the three clouds share: who changes tabs need not write it again. */
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
