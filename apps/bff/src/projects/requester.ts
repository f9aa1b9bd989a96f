import type { Request } from "express"
import { userOf, type Caller } from "#sign-in/require-user.ts"

/** The person behind a request. */
export interface Actor {
  actor: Caller
  /** Network address of the person. */
  address: string | null
}

/** The person who requests a change in a project, and the reason. */
export interface Requester extends Actor {
  projectId: string
  reason: string
}

export function toActor(request: Request): Actor {
  return { actor: userOf(request).identity, address: request.ip ?? null }
}

export function toRequester(request: Request, projectId: string, reason: string): Requester {
  return { projectId, reason, ...toActor(request) }
}
