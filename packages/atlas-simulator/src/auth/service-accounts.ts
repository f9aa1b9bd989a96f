import { randomBytes } from "node:crypto"
import type { RealTime } from "#world/clock.ts"
import type { Principal, Role } from "#world/roles.ts"
import { isSameText } from "./same-text.ts"

/** An OAuth 2.0 client of the organisation, with the secret that it begins with. */
export type ServiceAccount = {
  id: string
  clientId: string
  clientSecret: string
  /** The life of that secret; Atlas's longest by default. */
  secretExpiresAfterHours?: number
  roles: readonly Role[]
  /** CIDR blocks it may be used from; anywhere by default. */
  accessList?: readonly string[] | null
}

/** A secret as Atlas keeps it; times are simulated milliseconds. */
export type AccountSecret = {
  id: string
  value: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number | null
}

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
  /** Returns an account with its secrets; null for an unknown one. */
  describe: (clientId: string) => { account: ServiceAccount; secrets: readonly AccountSecret[] } | null
  /**
   * Adds a second secret, after which the first one is good for 7 days at most. Returns null when there are two already, or no such
   * account.
   */
  addSecret: (clientId: string, expiresAfterHours: number) => AccountSecret | null
  /** Forgets every token and added secret, as a new start does. */
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

/** The shortest and the longest life of a secret, in hours: Atlas's 8 hours and 365 days. */
export const secretLifeHours = { least: 8, most: 365 * 24 }
const hourMs = 3_600_000
/** The longest life that a new secret leaves to the one before it. */
const overlapMs = 7 * 24 * hourMs
const mostSecrets = 2

/**
 * Creates the token store. Tokens expire on real time, secrets on the simulated one.
 * @param now the simulated time
 */
export function createAccessTokens(
  accounts: readonly ServiceAccount[],
  realTime: RealTime,
  now: () => number,
): AccessTokens {
  const granted = new Map<string, { account: ServiceAccount; until: number }>()
  const toSecret = (value: string, expiresAfterHours: number): AccountSecret => ({
    id: randomBytes(12).toString("hex"),
    value,
    createdAt: now(),
    expiresAt: now() + expiresAfterHours * hourMs,
    lastUsedAt: null,
  })
  const toFirstSecrets = () =>
    new Map(
      accounts.map(({ clientId, clientSecret, secretExpiresAfterHours = secretLifeHours.most }) => [
        clientId,
        [toSecret(clientSecret, secretExpiresAfterHours)],
      ]),
    )
  let secretsOf = toFirstSecrets()

  function findAccount(authorization: string | undefined): ServiceAccount | null {
    const credentials = parseBasic(authorization)
    const account = accounts.find((one) => one.clientId === credentials?.id)
    if (credentials === null || account === undefined) return null
    const secret = secretsOf
      .get(account.clientId)
      ?.find(({ value, expiresAt }) => isSameText(value, credentials.secret) && now() < expiresAt)
    if (secret === undefined) return null
    secret.lastUsedAt = now()
    return account
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
      const { id, clientId, roles, accessList = null } = grant.account
      return { id, publicKey: null, clientId, roles, accessList }
    },
    describe(clientId) {
      const account = accounts.find((one) => one.clientId === clientId)
      return account === undefined ? null : { account, secrets: secretsOf.get(clientId) ?? [] }
    },
    addSecret(clientId, expiresAfterHours) {
      const secrets = secretsOf.get(clientId)
      if (secrets === undefined || secrets.length >= mostSecrets) return null
      for (const earlier of secrets) earlier.expiresAt = Math.min(earlier.expiresAt, now() + overlapMs)
      const added = toSecret(`mdb_sa_sk_${randomBytes(30).toString("base64url")}`, expiresAfterHours)
      secrets.push(added)
      return added
    },
    forgetAll() {
      granted.clear()
      secretsOf = toFirstSecrets()
    },
  }
}
