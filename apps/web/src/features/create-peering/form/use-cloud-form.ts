import type { ProviderName } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useForm } from "react-hook-form"
import { emptyValues } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { resolveValues, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { dropValues, keepValues, readDraft } from "#features/create-peering/draft/peering-draft.ts"
import { useSend } from "./use-send.ts"

/** Creates the form of one cloud: restores and stores its draft, sends it, clears it. */
export function useCloudForm(providerName: ProviderName) {
  const { owner, reasonForm } = useCreatePage()
  const [kept] = useState(() => readDraft(owner, emptyValues(providerName)))
  const form = useForm<FormValues>({
    resolver: resolveValues,
    defaultValues: kept.values,
    // FormTextField validates on blur and on change.
    reValidateMode: "onSubmit",
  })
  const { forget, ...sending } = useSend(form, kept.attempt)
  /** The content before "Start over"; null when there is nothing to bring back. */
  const [cleared, setCleared] = useState<{ values: FormValues; reason: string } | null>(null)

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepValues(owner, values),
      }),
    [form, owner],
  )

  return {
    form,
    ...sending,
    isCleared: cleared !== null,
    /** Drops the undo of "Start over", once the person edits the empty form. */
    keepCleared: () => setCleared(null),
    /** Empties the form, or brings back what it held. */
    toggleCleared: () => {
      const present = { values: form.getValues(), reason: reasonForm.getValues("reason") }
      const next = cleared ?? { values: emptyValues(providerName), reason: "" }
      form.reset(next.values)
      reasonForm.reset({ reason: next.reason })
      forget()
      dropValues(owner, present.values)
      setCleared(cleared === null ? present : null)
    },
  }
}
