import { randomBytes, timingSafeEqual } from "node:crypto"

import type { Principal, Role } from "#world/roles.ts"
import type { RealTime } from "#world/clock.ts"

/** An OAuth 2.0 client of the organisation. */
export type ServiceAccount = { id: string; clientId: string; clientSecret: string; roles: readonly Role[] }

/** Hands out access tokens and recognises them. */
export type AccessTokens = {
  /** A token for a client that proves itself with `Basic` (RFC 6749 §4.4), or null. */
  grant: (authorization: string | undefined) => string | null
  find: (token: string) => Principal | null
  clientIdOf: (authorization: string | undefined) => string | null
  forgetAll: () => void
}

/** Seconds a token lives. */
export const tokenLifeSeconds = 3600

function parseBasic(authorization: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? "")?.[1]
  if (encoded === undefined) return null
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":")
  return { id, secret: secret.join(":") }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Creates the token room; tokens live on real time and are forgotten when they expire. */
export function createAccessTokens(accounts: readonly ServiceAccount[], realTime: RealTime): AccessTokens {
  const granted = new Map<string, { account: ServiceAccount; until: number }>()
  return {
    clientIdOf: (authorization) => parseBasic(authorization)?.id ?? null,
    grant(authorization) {
      const given = parseBasic(authorization)
      const account = accounts.find((one) => one.clientId === given?.id)
      if (given === null || account === undefined || !sameText(account.clientSecret, given.secret))
        return null
      for (const [token, grant] of granted) if (grant.until <= realTime()) granted.delete(token)
      const token = `simulated.${randomBytes(32).toString("base64url")}`
      granted.set(token, { account, until: realTime() + tokenLifeSeconds * 1000 })
      return token
    },
    find(token) {
      const grant = granted.get(token)
      if (grant === undefined || grant.until <= realTime()) return null
      const { id, clientId, roles } = grant.account
      return { id, publicKey: clientId, roles, accessList: null }
    },
    forgetAll: () => granted.clear(),
  }
}
