import type { Request } from "express"
import type { PendingSignIn } from "./session-data.ts"

// Two tabs may sign in at a time; nobody needs many, and the session must stay small.
const mostAtATime = 5
const lastsMs = 10 * 60_000

/** Keeps what a sign-in needs on its way back in the session of this browser, and so in no other. */
export function keepPendingSignIn(request: Request, pending: PendingSignIn): void {
  const earlier = request.session.pendingSignIns ?? []
  request.session.pendingSignIns = [...earlier, pending].slice(-mostAtATime)
}

/** Takes out the sign-in with that state, if this browser began it not long ago. It can't be taken again. */
export function takePendingSignIn(request: Request, state: unknown, now: number): PendingSignIn | null {
  const earlier = request.session.pendingSignIns ?? []
  const pending = earlier.find((one) => one.state === state)
  if (pending === undefined) return null
  request.session.pendingSignIns = earlier.filter((one) => one !== pending)
  return now - pending.startedAt < lastsMs ? pending : null
}
