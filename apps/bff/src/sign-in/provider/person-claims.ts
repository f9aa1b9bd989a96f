import { fetchUserInfo, WWWAuthenticateChallengeError, type Configuration } from "openid-client"
import { toIdentity } from "./id-token-claims.ts"
import type { Identity } from "./identity.ts"
import { toRoleClaims, type RoleClaims } from "./role-claims.ts"
import type { IdTokenClaims } from "./verify-id-token.ts"

export interface PersonClaims {
  identity: Identity
  claims: RoleClaims
}

/**
 * Returns what is known of a person: of the ID token, and of the UserInfo endpoint (OpenID Connect Core §5.3) when the token lacks a
 * needed claim. An e-mail address counts only with the `email_verified` beside it.
 */
export async function readPersonClaims(
  configuration: Configuration,
  accessToken: string,
  idToken: IdTokenClaims,
  needed: ReadonlySet<string>,
): Promise<PersonClaims> {
  const claims = toRoleClaims(idToken)
  const hasAll = [...needed].every((name) => Object.hasOwn(claims, name))
  if (hasAll || configuration.serverMetadata().userinfo_endpoint === undefined)
    return { identity: toIdentity(idToken), claims }
  try {
    const more = await fetchUserInfo(configuration, accessToken, idToken.sub)
    return { identity: toIdentity({ ...more, ...idToken }), claims: { ...toRoleClaims(more), ...claims } }
  } catch (error) {
    // A challenge there is about the access token, and says nothing against our client.
    if (!(error instanceof WWWAuthenticateChallengeError)) throw error
    throw new Error("the UserInfo endpoint refused the access token")
  }
}
