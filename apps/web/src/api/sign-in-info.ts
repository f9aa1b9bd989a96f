import { apiUrls, type SignInInfo } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"

const isSignInInfo = hasFields<SignInInfo>("providerHost", "isSignedIn")

/** Reads what the sign-in page says; needs no session. */
export function signInInfoQuery() {
  return queryOptions({
    queryKey: ["sign-in-info"],
    queryFn: ({ signal }) => readJson({ url: apiUrls.signInInfo(), isAnswer: isSignInInfo, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
