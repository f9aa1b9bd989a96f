import * as oidc from "openid-client"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { isLoopbackHost } from "#http/loopback.ts"
import { toRoleClaims, type RoleClaims } from "./access-rules.ts"
import { toIdentity } from "./id-token-claims.ts"
import type { Identity } from "./identity.ts"
import { toOidcProblem } from "./oidc-problem.ts"
import type { PendingSignIn } from "./session-data.ts"

export interface OidcSettings {
  /** Exactly as the provider writes it, character by character. */
  issuer: string
  clientId: string
  clientSecret: string
  /** Space-separated, with openid among them. */
  scopes: string
  /** The URL that browsers use; the callback is below it. */
  publicUrl: URL
}

/** The result of a completed sign-in. */
export interface SignInResult {
  identity: Identity
  claims: RoleClaims
  providerSession: string | null
}

/** The provider's metadata (OpenID Connect Discovery §3). */
export interface ProviderMetadata {
  issuer: string
  jwksUri: string
  algorithms: readonly string[]
}

export interface OidcClient {
  /** Begins a sign-in: where the browser goes, and what must be kept for the way back. */
  start: (returnTo: string) => Promise<{ goTo: string; pending: PendingSignIn }>
  /** Completes one with the query of the callback. */
  finish: (query: string, pending: PendingSignIn) => Promise<SignInResult>
  /** Where the browser goes to sign out of the provider too; null when it has no such address. */
  endSessionUrl: () => Promise<string | null>
  metadata: () => Promise<ProviderMetadata>
}

/** Signatures that only the holder of the provider's private key can make. No HS256: its key is our own client secret. */
const signatureAlgorithms: ReadonlySet<string> = new Set(["RS256", "PS256", "ES256"])

/** The tolerated difference between the provider's clock and ours. */
export const clockSkewSeconds = 300
const timeoutSeconds = 10

/**
 * The client's half of OpenID Connect: code flow with PKCE, state and nonce. ID tokens are believed only with a good signature,
 * though the specification would let us trust the connection they came over (OpenID Connect Core §3.1.3.7 point 6).
 * Every method throws AppError: `identity_provider_unreachable`, or `sign_in_failed` with the reason in its cause.
 */
export function createOidcClient(settings: OidcSettings, clock: Clock): OidcClient {
  const redirectUri = new URL("/sign-in/callback", settings.publicUrl).href
  let discovered: Promise<oidc.Configuration> | null = null

  /** The provider may be down at start; the next sign-in asks again. */
  function configuration(): Promise<oidc.Configuration> {
    discovered ??= discover(settings).catch((error: unknown) => {
      discovered = null
      throw new AppError("identity_provider_unreachable", { cause: toOidcProblem(error).cause })
    })
    return discovered
  }

  return {
    async start(returnTo) {
      const provider = await configuration()
      const pending: PendingSignIn = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        codeVerifier: oidc.randomPKCECodeVerifier(),
        returnTo,
        startedAt: clock.now(),
      }
      const goTo = oidc.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: "S256",
      })
      return { goTo: goTo.href, pending }
    },

    async finish(query, { state, nonce, codeVerifier }) {
      const provider = await configuration()
      const answer = new URL(redirectUri)
      answer.search = query
      try {
        const tokens = await oidc.authorizationCodeGrant(provider, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()
        if (claims === undefined) throw new Error("the answer has no ID token")
        const latestSeconds = clock.now() / 1000 + clockSkewSeconds
        if (claims.iat > latestSeconds) throw new Error("the ID token's iat is in the future")
        return {
          identity: toIdentity(claims),
          claims: toRoleClaims(claims),
          providerSession: typeof claims["sid"] === "string" ? claims["sid"] : null,
        }
      } catch (error) {
        throw toOidcProblem(error)
      }
    },

    async endSessionUrl() {
      const provider = await configuration()
      if (provider.serverMetadata().end_session_endpoint === undefined) return null
      const backTo = new URL("/", settings.publicUrl).href
      // No id_token_hint: the token would have to be kept, and shown to the browser.
      return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: backTo }).href
    },

    async metadata() {
      const { issuer, jwks_uri: jwksUri, ...others } = (await configuration()).serverMetadata()
      if (jwksUri === undefined) {
        throw new AppError("identity_provider_unreachable", { cause: new Error("it names no jwks_uri") })
      }
      return { issuer, jwksUri, algorithms: others.id_token_signing_alg_values_supported ?? [] }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
  const server = new URL(issuer)
  // Everything else must be HTTPS; on this machine nobody listens in between.
  const extensions = isLoopbackHost(server.hostname) ? [oidc.allowInsecureRequests] : []
  const found = await oidc.discovery(server, clientId, undefined, undefined, {
    execute: extensions,
    timeout: timeoutSeconds,
  })
  const metadata = { ...found.serverMetadata() } as oidc.ServerMetadata
  if (metadata.issuer !== issuer) {
    throw new Error(`it calls itself ${metadata.issuer}; OIDC_ISSUER must be exactly that`)
  }
  const offered = metadata.id_token_signing_alg_values_supported ?? ["RS256"]
  const algorithms = offered.filter((algorithm) => signatureAlgorithms.has(algorithm))
  if (algorithms.length === 0) {
    throw new Error(`it signs ID tokens with none of ${[...signatureAlgorithms].join(", ")}`)
  }
  const basic = metadata.token_endpoint_auth_methods_supported?.includes("client_secret_basic") ?? true
  const configuration = new oidc.Configuration(
    { ...metadata, id_token_signing_alg_values_supported: algorithms },
    clientId,
    { [oidc.clockTolerance]: clockSkewSeconds },
    basic ? oidc.ClientSecretBasic(clientSecret) : oidc.ClientSecretPost(clientSecret),
  )
  configuration.timeout = timeoutSeconds
  for (const extend of extensions) extend(configuration)
  oidc.enableNonRepudiationChecks(configuration)
  return configuration
}
