import { personHeader } from "@peering-desk/shared-schemas"
import type { RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "#http/check-request.ts"
import { isSafe } from "#http/safe-methods.ts"
import { toPersonKey, type SessionStore } from "#store/session-store.ts"

/**
 * Reads the session of a change again from the database. Pages may use one for some seconds after another process ended it; a change may
 * not, nor be sent by the page of somebody who signed in before them.
 */
export function confirmSession(sessions: Pick<SessionStore, "readAgain">): RequestHandler {
  return checkRequest(async (request) => {
    if (isSafe(request) || request.session.signedIn === undefined) return
    const { signedIn } = (await sessions.readAgain(request.sessionID)) ?? {}
    if (signedIn === undefined) throw new AppError("not_signed_in")
    const person = request.get(personHeader)
    if (person !== undefined && person !== toPersonKey(signedIn.identity)) throw new AppError("other_person")
    request.session.signedIn = signedIn
  })
}
