import { ChangeReason, SetLabel } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useForm, type FieldError, type Resolver, type UseFormReturn } from "react-hook-form"
import type { DraftOwner } from "./draft-storage.ts"
import { keepNotes, readNotes, type Notes } from "./peering-draft.ts"

export type NotesForm = UseFormReturn<Notes>

export const emptyNotes: Notes = { displayName: "", reason: "" }

const resolver: Resolver<Notes> = (values) => {
  const errors: Partial<Record<keyof Notes, FieldError>> = {}
  const put = (name: keyof Notes, message: string | undefined) => {
    if (message !== undefined) errors[name] = { type: "custom", message }
  }
  put("displayName", SetLabel.safeParse({ label: values.displayName }).error?.issues[0]?.message)
  put("reason", ChangeReason.safeParse({ reason: values.reason }).error?.issues[0]?.message)
  return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors }
}

/** Creates the form of the display name and the reason. The three clouds share it, so changing the tab keeps the texts. */
export function useNotesForm(owner: DraftOwner): NotesForm {
  const [kept] = useState(() => readNotes(owner))
  const form = useForm<Notes>({ resolver, defaultValues: kept, reValidateMode: "onSubmit" })

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepNotes(owner, values),
      }),
    [form, owner],
  )
  return form
}
