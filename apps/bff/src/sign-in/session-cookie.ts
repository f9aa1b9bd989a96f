import type { CookieOptions, RequestHandler } from "express"
import session, { type Store } from "express-session"
import { isLoopbackHost } from "#http/loopback.ts"

export interface SessionCookie {
  name: string
  options: CookieOptions & { secure: boolean }
}

/**
 * The one cookie. Over HTTPS its name begins with `__Host-`, which makes browsers insist on Secure, on path "/" and on this very
 * host, so that no neighbouring host can plant one. Over plain HTTP, possible on this machine only, browsers would refuse that
 * name. It ends with the browser; how long it is good for is decided by the server alone.
 *
 * SameSite is Lax: with Strict a browser would not send it on the way back from the identity provider, which is another site,
 * and no sign-in could be completed. Writes do not lean on it (`http/forged-request.ts`).
 * @throws Error when browsers reach us over plain HTTP and not on this machine
 */
export function toSessionCookie(publicUrl: URL): SessionCookie {
  const secure = publicUrl.protocol === "https:"
  if (!secure && !isLoopbackHost(publicUrl.hostname)) {
    throw new Error("PUBLIC_URL must be https: a session cookie over plain HTTP could be read on its way")
  }
  return {
    name: secure ? "__Host-peering-desk" : "peering-desk-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  }
}

/**
 * Reads `SESSION_SECRET`: one or several, comma-separated, newest first. The first signs, all are believed, so a new one is put
 * in front and the old one goes when the last session signed with it has ended.
 * @throws Error without a secret, with a guessable short one, or with a repeated one (nothing was rotated)
 */
export function parseSessionSecrets(text: string): string[] {
  const secrets = text.split(",").map((secret) => secret.trim())
  if (secrets.some((secret) => secret.length < 32)) {
    throw new Error("must have 32 characters or more in each part: openssl rand -base64 32 makes one")
  }
  if (secrets.some(isMonotonous)) {
    throw new Error("must not repeat itself, or it is quickly guessed: openssl rand -base64 32 makes one")
  }
  if (new Set(secrets).size < secrets.length) throw new Error("has the same secret twice")
  return secrets
}

/** Few different characters, or one piece again and again. */
function isMonotonous(secret: string): boolean {
  return new Set(secret).size < 8 || /^(.+?)\1+$/.test(secret)
}

/**
 * Reads the session that a request's cookie names, and writes it back when it was changed.
 * @param secrets newest first; read at each request, so that they can be replaced in place
 */
export function createSessionMiddleware(
  cookie: SessionCookie,
  secrets: string[],
  store: Store,
): RequestHandler {
  return session({
    name: cookie.name,
    secret: secrets,
    store,
    cookie: cookie.options,
    resave: false,
    saveUninitialized: false,
  })
}
