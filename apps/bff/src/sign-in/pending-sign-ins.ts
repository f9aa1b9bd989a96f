import type { CookieOptions, Request, Response } from "express"
import type { Clock } from "#base/clock.ts"
import type { Secrets } from "#base/derived-keys.ts"
import { TextSealer } from "#base/text-sealer.ts"
import type { PendingSignIn } from "#sign-in/provider/oidc-client.ts"
import type { SessionCookie } from "./session-cookie.ts"

// Browsers send at least 4 kB of each cookie, and servers accept about 16 kB of headers in all.
const mostAtATime = 10
const mostBytes = 8_000

export type PendingSignIns = ReturnType<typeof createPendingSignIns>

/**
 * Keeps sign-ins that browsers began, each in a cookie of the browser that began it, and so in no other. A cookie for each lets several tabs sign in at a time without knowing of each other. It is sealed with the session
 * secrets, and its name ends with a part of the state.
 * @param lastsMs how much time a person has at the identity provider
 */
export function createPendingSignIns(parts: {
  cookie: SessionCookie
  secrets: Secrets
  lastsMs: number
  clock: Clock
}) {
  const { cookie, lastsMs, clock } = parts
  const sealer = new TextSealer(parts.secrets, "peering-desk pending sign-in")
  const prefix = `${cookie.name}-sign-in-`
  const options: CookieOptions = cookie.options
  /** States that came back, and when: nobody who copied a cookie uses one again. */
  const used = new Map<string, number>()
  const toName = (state: string) => `${prefix}${state.slice(0, 12)}`

  function open(sealed: string | undefined): PendingSignIn | null {
    const text = sealed === undefined ? null : sealer.unseal(sealed)
    if (text === null) return null
    const pending = JSON.parse(text) as PendingSignIn
    return clock.now() - pending.startedAt < lastsMs ? pending : null
  }

  return {
    keep(request: Request, response: Response, pending: PendingSignIn) {
      const kept = [...readCookies(request)]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => ({ name, bytes: value.length, startedAt: open(value)?.startedAt ?? 0 }))
        .toSorted((a, b) => b.startedAt - a.startedAt)
      let bytes = 0
      for (const [index, one] of kept.entries()) {
        bytes += one.bytes
        if (one.startedAt === 0 || index >= mostAtATime - 1 || bytes > mostBytes)
          response.clearCookie(one.name, options)
      }
      response.cookie(toName(pending.state), sealer.seal(JSON.stringify(pending)), {
        ...options,
        maxAge: lastsMs,
      })
    },
    /** Uses other secrets from now on; sign-ins that a removed one sealed have to begin again. */
    replaceSecrets: (secrets: Secrets) => sealer.replaceSecrets(secrets),
    /** Takes out the sign-in with that state, if this browser began it not long ago. */
    take(request: Request, response: Response, state: unknown): PendingSignIn | null {
      if (typeof state !== "string" || !/^[\w-]{12,}$/.test(state)) return null
      const name = toName(state)
      const value = readCookies(request).get(name)
      if (value === undefined) return null
      response.clearCookie(name, options)
      const pending = open(value)
      if (pending?.state !== state || used.has(state)) return null
      for (const [one, at] of used) if (clock.now() - at >= lastsMs) used.delete(one)
      used.set(state, clock.now())
      return pending
    },
  }
}

/** Reads cookies as they are: sealed texts need no decoding. */
function readCookies(request: Request): Map<string, string> {
  const pairs = (request.headers.cookie ?? "").split(/; */).map((pair) => pair.split("="))
  return new Map(pairs.flatMap(([name, value]) => (name && value !== undefined ? [[name, value]] : [])))
}
