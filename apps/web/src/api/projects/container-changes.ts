import {
  apiUrls,
  type Container,
  type CreateContainer,
  type NewContainer,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useMutation, type QueryClient } from "@tanstack/react-query"
import { hasFields, isNothing, orHeld } from "#api/answer.ts"
import { containersKey } from "./containers.ts"
import { sendJson } from "#api/http.ts"
import { invalidateVerdicts } from "./preflight.ts"

const isContainer = hasFields<Container>("id", "providerName")

/** Has a container made. What comes back is what Atlas made, which may differ from what was asked for. */
export function useCreateContainer(projectId: string) {
  return useMutation({
    mutationFn: (body: { container: NewContainer; reason: string }) =>
      sendJson({
        url: apiUrls.containers(projectId),
        isAnswer: orHeld(isContainer),
        method: "POST",
        body: body satisfies CreateContainer,
      }),
    // Also after a failure: it may be there all the same.
    onSettled: (_answer, _error, _input, _before, { client }) => readAnew(client, projectId),
  })
}

/** Has a container taken away in which nothing lives. */
export function useDeleteContainer(projectId: string) {
  return useMutation({
    mutationFn: ({ providerName, id, reason }: { providerName: ProviderName; id: string; reason: string }) =>
      sendJson({
        url: apiUrls.container(projectId, id, { providerName: providerName }),
        isAnswer: orHeld(isNothing),
        method: "DELETE",
        body: { reason },
      }),
    onSettled: (_answer, _error, _input, _before, { client }) => readAnew(client, projectId),
  })
}

/** Resolves when the list is as it is now, so that what is said next agrees with it. */
async function readAnew(client: QueryClient, projectId: string): Promise<void> {
  invalidateVerdicts(client, projectId)
  await client.invalidateQueries({ queryKey: containersKey(projectId) })
}
