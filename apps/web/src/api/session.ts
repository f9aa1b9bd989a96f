import { apiUrls, type SessionInfo } from "@peering-desk/shared-schemas"
import { queryOptions, useQuery, useQueryClient, type Query, type QueryClient } from "@tanstack/react-query"
import { useEffect, useRef } from "react"
import { hasFields } from "./answer.ts"
import { readJson } from "./http.ts"
import { getProblem } from "./request-error.ts"
import { hasSignedOut, noteSignedIn, signedOutKey, wasSignedIn } from "./session-marks.ts"
import { signInInfoQuery } from "./sign-in-info.ts"
import { getTransport } from "./transport.ts"

/** The person who is signed in; `none` when nobody was since the page loaded, or they signed out; `ended` when their session ended otherwise. */
export type Session = SessionInfo | "none" | "ended"

const isSessionInfo = hasFields<SessionInfo>("user", "access")
const queryKey = ["session"]

/** Reads the session again whenever the person comes back to the page: they may have signed in or out in another tab. */
export function sessionQuery() {
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Session> => {
      // A refused request is an error in the browser's console, so a browser without a mark asks the open route first.
      const knows = getTransport().hasSession || wasSignedIn()
      if (!knows && !(await client.fetchQuery({ ...signInInfoQuery(), staleTime: 0 })).isSignedIn)
        return toSignedOut(client)
      try {
        const session = await readJson({ url: apiUrls.session(), isAnswer: isSessionInfo, signal })
        noteSignedIn(true)
        return session
      } catch (error) {
        // The identity provider shows no page for that, and leads back here.
        if (getProblem(error)?.code === "check_due") location.replace(signInHere())
        if (getProblem(error)?.code !== "not_signed_in") throw error
        noteSignedIn(false)
        return toSignedOut(client)
      }
    },
    refetchOnWindowFocus: "always",
  })
}

function toSignedOut(client: QueryClient): Session {
  const before = client.getQueryData<Session>(queryKey)
  return before === undefined || before === "none" || hasSignedOut() ? "none" : "ended"
}

/** Returns the session; undefined while unknown. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery()).data
}

/** Returns whether nothing but the session may be read yet: nobody was signed in with this browser before. */
export function useAwaitsSession(): boolean {
  return useQuery(sessionQuery()).isPending && !wasSignedIn()
}

/** Returns the person who is signed in; undefined while unknown, and when nobody is. */
export function usePerson(): SessionInfo | undefined {
  const session = useSession()
  return typeof session === "object" ? session : undefined
}

/** Reads the session again. */
export function readSessionAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey })
}

/** Reads the session again after a call that failed for lack of a session or role. */
export function doubtSessionAfter(client: QueryClient, error: unknown): void {
  const code = getProblem(error)?.code
  if (code !== "not_signed_in" && code !== "check_due" && code !== "other_person" && code !== "forbidden")
    return
  if (typeof client.getQueryData<Session>(queryKey) === "object") void readSessionAgain(client)
}

function signInHere(): string {
  return apiUrls.signIn({ return: location.href.slice(location.origin.length) })
}

/** Drops data after its reader signs out, and reads it again for another person or other roles. */
export function useOwnDataOnly(session: Session | undefined): void {
  const client = useQueryClient()
  const reader = useRef<SessionInfo>(undefined)
  useEffect(() => {
    // A window beside another one stays visible while somebody signs in there.
    const again = () => void client.invalidateQueries({ queryKey }, { cancelRefetch: false })
    // Another tab writes it when its person signs out, which no draft outlives.
    const hear = ({ key }: StorageEvent) => key === signedOutKey && again()
    window.addEventListener("focus", again)
    window.addEventListener("storage", hear)
    return () => {
      window.removeEventListener("focus", again)
      window.removeEventListener("storage", hear)
    }
  }, [client])
  useEffect(() => {
    if (typeof session === "string" && reader.current !== undefined)
      client.removeQueries({ type: "inactive" })
    if (typeof session !== "object") return
    getTransport().personKey = session.personKey
    const before = reader.current
    reader.current = session
    const isSame = before?.personKey === session.personKey
    if (before === undefined || (isSame && before.access === session.access)) return
    const isLost = (id: unknown) => !isSame || (mayRead(before, id) && !mayRead(session, id))
    const isOfData = (query: Query) => query.queryKey[0] !== queryKey[0]
    void client.resetQueries({ predicate: (query) => isOfData(query) && isLost(query.queryKey[1]) })
    // The rest stays on the page until its answer comes.
    if (isSame) void client.invalidateQueries({ predicate: isOfData }, { cancelRefetch: false })
  }, [client, session])
}

/** Returns whether a person has a role in the project with an id. */
function mayRead({ access }: SessionInfo, id: unknown): boolean {
  return access.everywhere !== null || (typeof id === "string" && id in access.projects)
}
