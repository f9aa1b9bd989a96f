import {
  apiUrls,
  type ApiTokenList,
  type CreateApiToken,
  type CreatedApiToken,
} from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange, useRemoval } from "./change.ts"
import { readOf } from "./reads.ts"

const isCreated = hasFields<CreatedApiToken>("token", "secret")
const tokensKey = ["api-tokens"]

/** Lists the API tokens of the person, or of everybody for an administrator. */
export function tokensQuery(everybody: boolean) {
  const url = apiUrls.apiTokens({ everybody: everybody ? "true" : undefined })
  return queryOptions({
    queryKey: [...tokensKey, everybody],
    queryFn: readOf(url, hasFields<ApiTokenList>("tokens", "mostDays")),
    staleTime: 0,
  })
}

/** Creates a token. Only this answer has its secret, which goes with the dialog that shows it. */
export function useCreateToken() {
  return useChange(
    (body: CreateApiToken) => ({ url: apiUrls.apiTokens(), method: "POST", body, isAnswer: isCreated }),
    { stale: [tokensKey], gcTime: 0 },
  )
}

/** Revokes a token. */
export function useRevokeToken() {
  return useRemoval(apiUrls.apiToken, [tokensKey])
}
