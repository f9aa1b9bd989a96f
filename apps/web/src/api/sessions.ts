import { apiUrls, type SessionList, type SignedOut } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange, useRemoval } from "./change.ts"
import { readFieldOf } from "./reads.ts"
import { noteSignedOut } from "./session-marks.ts"

const isSignedOut = hasFields<SignedOut>("goTo")
const sessionsKey = ["sessions"]

/** Lists the signed-in browsers of the person, or of everybody for an administrator. */
export function sessionsQuery(everybody: boolean) {
  const url = apiUrls.sessions({ everybody: everybody ? "true" : undefined })
  return queryOptions({
    queryKey: [...sessionsKey, everybody],
    queryFn: readFieldOf<SessionList, "sessions">(url, "sessions"),
    staleTime: 0,
  })
}

/** Signs one browser out. */
export function useEndSession() {
  return useRemoval(apiUrls.oneSession, [sessionsKey])
}

/** Signs this browser out, and leaves for the sign-out page of the identity provider. */
export function useSignOut() {
  return useChange(() => ({ url: apiUrls.signOut(), method: "POST", isAnswer: isSignedOut }), {
    onAnswer(_client, { goTo }) {
      noteSignedOut()
      location.assign(goTo ?? "/")
    },
  })
}
