import { QueryClientProvider } from "@tanstack/react-query"
import { render, screen } from "@testing-library/react"
import { useLayoutEffect } from "react"
import { useForm, type UseFormReturn } from "react-hook-form"
import { expect, test } from "vitest"
import { createQueryClient } from "#api/query-client.ts"
import { emptyValues } from "#features/create-peering/draft/cloud-fields.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import { oneOfEach, projectId, useCreatePageBff } from "#features/create-peering/testing-page.tsx"
import { useVerdict } from "./use-verdict.ts"

useCreatePageBff()

const containerId = oneOfEach[0]?.id ?? ""

/** Chooses a container before the form above it has run its effects, as where the containers were read before. */
function Choice({ form }: { form: UseFormReturn<FormValues> }) {
  useLayoutEffect(() => form.setValue("containerId", containerId), [form])
  return null
}

function Form() {
  const form = useForm({ defaultValues: emptyValues("AWS") })
  const { draft } = useVerdict(projectId, form, false, null, [])
  return (
    <>
      <output>{JSON.stringify(draft)}</output>
      <Choice form={form} />
    </>
  )
}

test("the verdict of a form counts the container that was chosen before its first effect", async () => {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Form />
    </QueryClientProvider>,
  )
  expect(await screen.findByText(new RegExp(containerId))).toBeVisible()
})
