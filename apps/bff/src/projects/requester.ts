import type { Request } from "express"
import { userOf } from "#sign-in/require-user.ts"
import type { Identity } from "#sign-in/identity.ts"

/** Who asks for a change in a project, and why. */
export interface AskedBy {
  projectId: string
  reason: string
  actor: Identity
  /** The network address it was asked for from. */
  address: string | null
}

/** Joins what a request's body and path say to the person who sent it. */
export function toAskedBy(request: Request, projectId: string, reason: string): AskedBy {
  return { projectId, reason, actor: userOf(request).identity, address: request.ip ?? null }
}
