import * as oidc from "openid-client"
import type { Clock } from "#base/clock.ts"
import type { ProviderSettings } from "./discovery.ts"
import type { Identity } from "./identity.ts"
import { readPersonClaims } from "./person-claims.ts"
import { ProviderConnection, type Provider } from "./provider-connection.ts"
import type { RoleClaims } from "./role-claims.ts"
import { verifyIdToken, type IdTokenClaims } from "./verify-id-token.ts"

export interface OidcSettings extends ProviderSettings {
  /** Space-separated, with openid among them. */
  scopes: string
  /** The longest time since the person proved to the provider who they are; null for any. */
  maxAgeSeconds: number | null
  /** The ways of signing in that are accepted, best first; the provider's own when empty. */
  acrValues: readonly string[]
  /** Asks the UserInfo endpoint for claims that rules need and the ID token lacks. */
  usesUserInfo: boolean
  /** The URL that browsers use; the callback is below it. */
  publicUrl: URL
}

/** A sign-in that a browser started and did not finish. Each of its values works once. */
export interface PendingSignIn {
  state: string
  nonce: string
  codeVerifier: string
  returnTo: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** True when the provider was asked to show no page: only to look whether a session is still good. */
  silent: boolean
}

/** The result of a completed sign-in. */
export interface SignInResult {
  identity: Identity
  claims: RoleClaims
  providerSession: string | null
  /** Null when the provider gives none. */
  refreshToken: string | null
  refreshEndsAt: number | null
}

export interface RefreshedClaims {
  claims: RoleClaims
  /** The next one to use: many providers give a new one each time. */
  refreshToken: string
  /** When it ends unless it is used, in milliseconds since 1970; null when the provider does not say. */
  refreshEndsAt: number | null
}

export type OidcClient = ReturnType<typeof createOidcClient>

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/**
 * The client's half of OpenID Connect: code flow with PKCE, state and nonce.
 * Every method throws AppError: `identity_provider_unreachable`, or `sign_in_failed` with the reason in its cause.
 * @param neededClaims the claims that access rules read
 * @param machineClock the clock that a failed sign-in compares with the provider's
 */
export function createOidcClient(
  settings: OidcSettings,
  clock: Clock,
  neededClaims: () => ReadonlySet<string>,
  machineClock: Clock = clock,
) {
  const { clientId, maxAgeSeconds, acrValues } = settings
  const redirectUri = new URL("/sign-in/callback", settings.publicUrl).href
  const connection = new ProviderConnection(settings, machineClock)

  async function verify(provider: Provider, tokens: Tokens, askedAt: number) {
    if (tokens.id_token === undefined) return null
    const accessToken = tokens.access_token
    return await verifyIdToken(tokens.id_token, {
      ...provider,
      clientId,
      clock,
      accessToken,
      askedAt,
      acrValues,
    })
  }

  const readClaims = (
    { configuration }: Provider,
    { access_token: accessToken }: Tokens,
    idToken: IdTokenClaims,
  ) =>
    readPersonClaims(configuration, accessToken, idToken, settings.usesUserInfo ? neededClaims() : new Set())

  return {
    /**
     * Begins a sign-in: where the browser goes, and what must be kept for the way back. Throws when the provider is away.
     * @param silentFor the person whose session is to be confirmed without showing a page; null to sign in
     */
    async start(returnTo: string, silentFor: Identity | null) {
      const { configuration } = await connection.reach()
      const pending: PendingSignIn = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        returnTo,
        startedAt: clock.now(),
        silent: silentFor !== null,
      }
      const goTo = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: "S256",
        ...(maxAgeSeconds !== null && { max_age: String(maxAgeSeconds) }),
        ...(acrValues.length > 0 && { acr_values: acrValues.join(" ") }),
        ...(silentFor !== null && { prompt: "none" }),
        ...(silentFor?.email != null && { login_hint: silentFor.email }),
      })
      return { goTo: goTo.href, pending }
    },

    /** Completes one with the query of the callback. */
    async finish(
      query: string,
      { state, nonce, codeVerifier, startedAt }: PendingSignIn,
    ): Promise<SignInResult> {
      const at = await connection.get()
      const answer = new URL(redirectUri)
      answer.search = query
      try {
        const tokens = await oidc.authorizationCodeGrant(at.configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
          ...(maxAgeSeconds !== null && { maxAge: maxAgeSeconds }),
        })
        const idToken = await verify(at, tokens, startedAt)
        if (idToken === null) throw new Error("the answer has no ID token")
        return {
          ...(await readClaims(at, tokens, idToken)),
          providerSession: typeof idToken["sid"] === "string" ? idToken["sid"] : null,
          refreshToken: tokens.refresh_token ?? null,
          refreshEndsAt: toRefreshEnd(tokens, clock.now()),
        }
      } catch (error) {
        throw connection.toProblem(error)
      }
    },

    /**
     * Asks again for a person's claims; null when the provider says nothing about them that way.
     * Throws `sign_in_failed` when it does not know the person or the sign-in any more.
     */
    async refresh(refreshToken: string, subject: string): Promise<RefreshedClaims | null> {
      const at = await connection.get()
      const askedAt = clock.now()
      try {
        const tokens = await oidc.refreshTokenGrant(at.configuration, refreshToken)
        const idToken = await verify(at, tokens, askedAt)
        if (idToken === null) return null
        if (idToken.sub !== subject) throw new Error("the ID token is about somebody else")
        const { claims } = await readClaims(at, tokens, idToken)
        return {
          claims,
          refreshToken: tokens.refresh_token ?? refreshToken,
          refreshEndsAt: toRefreshEnd(tokens, clock.now()),
        }
      } catch (error) {
        throw connection.toProblem(error)
      }
    },

    /** Makes a refresh token worthless, where the provider can. */
    async revoke(refreshToken: string) {
      const { configuration } = await connection.get()
      if (configuration.serverMetadata().revocation_endpoint === undefined) return
      await oidc
        .tokenRevocation(configuration, refreshToken, { token_type_hint: "refresh_token" })
        .catch((error: unknown) => Promise.reject(connection.toProblem(error)))
    },

    /** Where the browser goes to sign out of the provider too; null when it has no such address. */
    async endSessionUrl(): Promise<string | null> {
      const { configuration } = await connection.reach()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null
      const backTo = new URL("/", settings.publicUrl).href
      // No id_token_hint: the token would have to be kept, and shown to the browser.
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo }).href
    },

    /** Uses another client secret from the next request to the provider on. */
    replaceClientSecret: (clientSecret: string) => connection.replaceClientSecret(clientSecret),
    /** Describes what was found at the provider, for the person who sets it up. */
    describe: () => connection.describe(),
    metadata: () => connection.get(),
  }
}

/** `refresh_expires_in` is in no specification, but common. */
function toRefreshEnd({ refresh_expires_in: seconds }: Tokens, now: number): number | null {
  return typeof seconds === "number" && seconds > 0 ? now + seconds * 1000 : null
}
