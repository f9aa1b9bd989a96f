import { ChangeReason, findMistake, SetLabel } from "@peering-desk/shared-schemas"
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
  put("displayName", findMistake(SetLabel.shape.label, values.displayName))
  put("reason", findMistake(ChangeReason.shape.reason, values.reason))
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
