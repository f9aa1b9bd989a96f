import { readRegionName, type Container, type ProviderName } from "@peering-desk/shared-schemas"
import { useRef } from "react"
import { useForm, type FieldErrors, type Resolver, type UseFormReturn } from "react-hook-form"
import { useCreateContainer } from "#api/projects/container-changes.ts"
import { RequestError } from "#api/request-error.ts"
import { showServerErrors } from "#forms/server-errors.ts"
import type { Created } from "./CreatedNotice.tsx"
import {
  emptyValues,
  findMistakes,
  toFormField,
  toNewContainer,
  type NewContainerField,
  type NewContainerValues,
} from "./new-container.ts"

export type NewContainerFormState = UseFormReturn<NewContainerValues, Context>

interface Context {
  providerName: ProviderName
  containers: readonly Container[]
}

/** In the order in which they stand on the page. */
const fieldNames = ["region", "regions", "atlasCidrBlock", "reason"] as const

const resolver: Resolver<NewContainerValues, Context> = (values, context) => {
  if (context === undefined) return { values, errors: {} }
  const wrong = findMistakes(context.providerName, values, context.containers)
  const errors = Object.fromEntries(
    Object.entries(wrong).map(([name, message]) => [name, { type: "custom", message }]),
  ) as FieldErrors<NewContainerValues>
  return Object.keys(errors).length === 0 ? { values, errors: {} } : { values: {}, errors }
}

/** The form of a new container, and the one send that comes of it. */
export function useNewContainer({
  projectId,
  providerName,
  containers,
  onCreated,
}: Context & { projectId: string; onCreated: (created: Created) => void }) {
  const form: NewContainerFormState = useForm<NewContainerValues, Context>({
    resolver,
    context: { providerName, containers },
    defaultValues: emptyValues,
    // Fields come and go with other answers, so the form's own order is not the page's.
    shouldFocusError: false,
    // FormTextField says when a field is looked at.
    reValidateMode: "onSubmit",
  })
  const create = useCreateContainer(projectId)
  // What is drawn is too slow to stop the second click of a double click.
  const busy = useRef(false)

  const submit = form.handleSubmit(async (values) => {
    const asked = toNewContainer(providerName, values)
    try {
      const got = await create.mutateAsync({ container: asked, reason: values.reason.trim() })
      onCreated({ asked, got })
    } catch (error) {
      const fields = error instanceof RequestError ? (error.problem?.fields ?? {}) : {}
      const found = Object.fromEntries(
        Object.entries(fields).map(([name, wrong]) => [toFormField(name), wrong]),
      )
      showServerErrors(form, [...fieldNames] satisfies NewContainerField[], found)
    }
  }, focusFirst)

  function focusFirst(errors: FieldErrors<NewContainerValues>) {
    const first = fieldNames.find((name) => errors[name] !== undefined)
    if (first !== undefined) form.setFocus(first)
  }

  async function send() {
    if (busy.current) return
    busy.current = true
    await submit().finally(() => {
      busy.current = false
    })
  }

  return {
    form,
    isPending: create.isPending,
    /** Why the last send did not make a container, and what it asked for; null when there is nothing to tell. */
    failed: create.isError ? { error: create.error, asked: create.variables.container } : null,
    /** How to go to the field that is about a field of the request; null when there is none. */
    findField: (name: string) => {
      const field = fieldNames.find((one) => one === toFormField(name))
      return field === undefined ? null : () => form.setFocus(field)
    },
    send,
    /** Writes a region as Atlas does, once it is known which one is meant. */
    understandRegion: () => {
      const written = form.getValues("region")
      const name = readRegionName(providerName, written)
      // What the server found wrong with it stays until it is another.
      if (name !== null && name !== written)
        form.setValue("region", name, { shouldValidate: form.formState.isSubmitted })
    },
  }
}
