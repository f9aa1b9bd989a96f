import { apiUrls, type SignInInfo } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readOf } from "./reads.ts"

/** Reads what the sign-in page says; needs no session. */
export function signInInfoQuery() {
  return queryOptions({
    queryKey: ["sign-in-info"],
    queryFn: readOf(apiUrls.signInInfo(), hasFields<SignInInfo>("providerHost", "isSignedIn")),
    staleTime: Number.POSITIVE_INFINITY,
  })
}
