import type { ProviderName } from "@peering-desk/shared-schemas"
import { useEffect, useState } from "react"
import { useForm } from "react-hook-form"
import { emptyValues } from "#features/create-peering/draft/cloud-fields.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { resolveValues, toDraft, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { dropValues, keepValues, readDraft } from "#features/create-peering/draft/peering-draft.ts"
import { useNormalise } from "#features/create-peering/prefill/use-normalise.ts"
import { usePrefill } from "#features/create-peering/prefill/use-prefill.ts"
import { useSend } from "./use-send.ts"

/** Creates the form of one cloud: restores and stores its draft, fills, sends and clears it, and registers it with the page. */
export function useCloudForm(providerName: ProviderName) {
  const { owner, forms, clearing } = useCreatePage()
  const [kept] = useState(() => readDraft(owner, emptyValues(providerName)))
  const form = useForm<FormValues>({
    resolver: resolveValues,
    defaultValues: kept.values,
    // FormTextField validates on blur and on change.
    reValidateMode: "onSubmit",
  })
  const { forget, ...sending } = useSend(form, kept.attempt)
  const prefill = usePrefill(form, clearing.keep)
  const normaliser = useNormalise(form)

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepValues(owner, values),
      }),
    [form, owner],
  )

  useEffect(() => {
    forms.set(providerName, {
      read: () => toDraft(form.getValues()),
      isChosen: prefill.isChosen,
      fill: prefill.fill,
      clear: () => {
        const before = form.getValues()
        form.reset(emptyValues(providerName))
        forget()
        prefill.forget()
        normaliser.forget()
        dropValues(owner, before)
        return () => {
          form.reset(before)
          prefill.adopt(before)
        }
      },
    })
  })

  return { form, prefill, normaliser, ...sending }
}
