import { randomBytes } from "node:crypto"
import type { RealTime } from "#world/clock.ts"
import type { Principal, Role } from "#world/roles.ts"
import { isSameText } from "./same-text.ts"

/** An OAuth 2.0 client of the organisation. */
export type ServiceAccount = { id: string; clientId: string; clientSecret: string; roles: readonly Role[] }

/** Grants access tokens and recognises them. */
export type AccessTokens = {
  /** Grants a token to a client that proves itself with `Basic` (RFC 6749 §4.4), or returns null. */
  grant: (authorization: string | undefined) => string | null
  find: (token: string) => Principal | null
  /** Returns true for a client that proves itself, as for `grant`. */
  proves: (authorization: string | undefined) => boolean
  /** Ends a token of the client, if it is one (RFC 7009). */
  revoke: (authorization: string | undefined, token: string) => void
  clientIdOf: (authorization: string | undefined) => string | null
  forgetAll: () => void
}

/** The lifetime of a token in seconds. */
export const tokenLifeSeconds = 3600

function parseBasic(authorization: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? "")?.[1]
  if (encoded === undefined) return null
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":")
  return { id, secret: secret.join(":") }
}

/** Creates the token store; tokens expire on real time. */
export function createAccessTokens(accounts: readonly ServiceAccount[], realTime: RealTime): AccessTokens {
  const granted = new Map<string, { account: ServiceAccount; until: number }>()

  function findAccount(authorization: string | undefined): ServiceAccount | null {
    const credentials = parseBasic(authorization)
    const account = accounts.find((one) => one.clientId === credentials?.id)
    if (credentials === null || account === undefined) return null
    return isSameText(account.clientSecret, credentials.secret) ? account : null
  }

  return {
    clientIdOf: (authorization) => parseBasic(authorization)?.id ?? null,
    proves: (authorization) => findAccount(authorization) !== null,
    revoke(authorization, token) {
      const account = findAccount(authorization)
      if (account !== null && granted.get(token)?.account === account) granted.delete(token)
    },
    grant(authorization) {
      const account = findAccount(authorization)
      if (account === null) return null
      for (const [token, grant] of granted) if (grant.until <= realTime()) granted.delete(token)
      const token = `simulated.${randomBytes(32).toString("base64url")}`
      granted.set(token, { account, until: realTime() + tokenLifeSeconds * 1000 })
      return token
    },
    find(token) {
      const grant = granted.get(token)
      if (grant === undefined || grant.until <= realTime()) return null
      const { id, roles } = grant.account
      return { id, publicKey: null, roles, accessList: null }
    },
    forgetAll: () => granted.clear(),
  }
}
