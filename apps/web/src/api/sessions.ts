import { apiUrls, type SessionList, type SignedOut } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"
import { noteSignedOut } from "./session-marks.ts"

const isSessionList = hasFields<SessionList>("sessions")
const isSignedOut = hasFields<SignedOut>("goTo")
const sessionsKey = ["sessions"]

/** Lists the signed-in browsers of the person, or of everybody for an administrator. */
export function sessionsQuery(everybody: boolean) {
  return queryOptions({
    queryKey: [...sessionsKey, everybody],
    queryFn: async ({ signal }) => {
      const url = everybody ? apiUrls.sessions({ everybody: "true" }) : apiUrls.sessions()
      const { sessions } = await readJson({ url, isAnswer: isSessionList, signal })
      return sessions
    },
    staleTime: 0,
  })
}

/** Signs one browser out. */
export function useEndSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: apiUrls.oneSession(id), method: "DELETE", isAnswer: (body) => body === undefined }),
    // Also after a failure: it may be gone by now.
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  })
}

/** Signs this browser out, and leaves for the sign-out page of the identity provider. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => sendJson({ url: apiUrls.signOut(), method: "POST", isAnswer: isSignedOut }),
    onSuccess({ goTo }) {
      noteSignedOut()
      location.assign(goTo ?? "/")
    },
  })
}
