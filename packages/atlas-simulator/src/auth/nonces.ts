import { randomBytes } from "node:crypto"
import type { RealTime } from "#world/clock.ts"

/** `stale` asks the client to try again with the new nonce, `refused` does not. */
type NonceVerdict = "fresh" | "stale" | "refused"

/** The server's nonces, with the rules of Jetty's digest authenticator. */
export type Nonces = {
  issue: () => string
  /** Spends one count of a nonce; `nc` is the header's hexadecimal text (RFC 7616 §3.4). */
  use: (nonce: string, nc: string) => NonceVerdict
  /** Forgets every nonce, as a restart of the real service would. */
  forgetAll: () => void
  size: () => number
}

/** The first count that a nonce no longer takes. */
const countLimit = 1024

/** The life of a nonce in real time. */
const lifeMs = 60_000

/** Creates the store. */
export function createNonces(realTime: RealTime): Nonces {
  const issued = new Map<string, { at: number; seen: Set<number> }>()

  // A Map keeps the order of insertion, so the expired ones are all in front.
  function dropExpired() {
    for (const [nonce, entry] of issued) {
      if (realTime() - entry.at < lifeMs) return
      issued.delete(nonce)
    }
  }

  return {
    issue() {
      dropExpired()
      const nonce = randomBytes(24).toString("base64")
      issued.set(nonce, { at: realTime(), seen: new Set() })
      return nonce
    },
    use(nonce, nc) {
      dropExpired()
      const entry = issued.get(nonce)
      if (entry === undefined) return "stale"
      if (!/^[0-9a-f]{1,8}$/i.test(nc)) return "refused"
      const count = Number.parseInt(nc, 16)
      if (count >= countLimit) return "stale"
      if (count === 0 || entry.seen.has(count)) return "refused"
      entry.seen.add(count)
      return "fresh"
    },
    forgetAll: () => issued.clear(),
    size: () => issued.size,
  }
}
