import { apiUrls, type KeyHealthReport, type NewSecretTests } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isKeyHealthReport = hasFields<KeyHealthReport>("keys")
const queryKey = ["keys"]

/** Reads the last test of each Atlas credential. */
export function keysQuery() {
  return queryOptions({
    queryKey,
    queryFn: ({ signal }) => readJson({ url: apiUrls.keys(), isAnswer: isKeyHealthReport, signal }),
  })
}

/** Tests all Atlas credentials now. */
export function useTestKeys() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => sendJson({ url: apiUrls.testKeys(), method: "POST", isAnswer: isKeyHealthReport }),
    onSuccess(report) {
      queryClient.setQueryData(queryKey, report)
      // What may be created in a project is known by the same test.
      void queryClient.invalidateQueries({ queryKey: ["projects"] })
    },
  })
}

/** Tests the secrets that replace those of service accounts. */
export function useTestNewSecrets() {
  return useMutation({
    mutationFn: () =>
      sendJson({
        url: apiUrls.testNewSecrets(),
        method: "POST",
        isAnswer: hasFields<NewSecretTests>("tests"),
      }),
  })
}
