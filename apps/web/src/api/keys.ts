import { apiUrls, type KeyHealthReport, type NewSecretTests } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange } from "./change.ts"
import { readOf } from "./reads.ts"

const isKeyHealthReport = hasFields<KeyHealthReport>("keys")
const isNewSecretTests = hasFields<NewSecretTests>("tests")
const queryKey = ["keys"]

/** Reads the last test of each Atlas credential. */
export function keysQuery() {
  return queryOptions({ queryKey, queryFn: readOf(apiUrls.keys(), isKeyHealthReport) })
}

/** Tests all Atlas credentials now. */
export function useTestKeys() {
  return useChange(() => ({ url: apiUrls.testKeys(), method: "POST", isAnswer: isKeyHealthReport }), {
    onAnswer(client, report) {
      client.setQueryData(queryKey, report)
      // What may be created in a project is known by the same test.
      void client.invalidateQueries({ queryKey: ["projects"] })
    },
  })
}

/** Tests the secrets that replace those of service accounts. */
export function useTestNewSecrets() {
  return useChange(() => ({ url: apiUrls.testNewSecrets(), method: "POST", isAnswer: isNewSecretTests }))
}
