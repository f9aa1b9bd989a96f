import type { Request } from "express"
import { userOf, type Caller } from "#sign-in/require-user.ts"

/** Returns the person behind a request, and their network address. */
export function toActor(request: Request): { actor: Caller; address: string | null } {
  return { actor: userOf(request).identity, address: request.ip ?? null }
}
