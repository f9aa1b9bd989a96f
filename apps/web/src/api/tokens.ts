import {
  apiUrls,
  type ApiTokenList,
  type CreateApiToken,
  type CreatedApiToken,
} from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isList = hasFields<ApiTokenList>("tokens", "mostDays")
const isCreated = hasFields<CreatedApiToken>("token", "secret")
const tokensKey = ["api-tokens"]

/** Lists the API tokens of the person, or of everybody for an administrator. */
export function tokensQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...tokensKey, everybody],
    queryFn: ({ signal }) => {
      const url = everybody ? apiUrls.apiTokens({ everybody: "true" }) : apiUrls.apiTokens()
      return readJson({ url, isAnswer: isList, signal })
    },
    staleTime: 0,
  })
}

/** Creates a token. Only this answer has its secret. */
export function useCreateToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateApiToken) =>
      sendJson({ url: apiUrls.apiTokens(), method: "POST", body, isAnswer: isCreated }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensKey }),
    // The secret goes with the dialog that shows it.
    gcTime: 0,
  })
}

/** Revokes a token. */
export function useRevokeToken() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: apiUrls.apiToken(id), method: "DELETE", isAnswer: (body) => body === undefined }),
    // Also after a failure: it may be gone by now.
    onSettled: () => queryClient.invalidateQueries({ queryKey: tokensKey }),
  })
}
