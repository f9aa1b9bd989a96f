import * as oidc from "openid-client"
import { isLoopbackHost } from "#http/loopback.ts"
import { chooseClientAuth, toClientAuth, type ClientAuthMethod } from "./client-auth.ts"
import { clockSkewSeconds, type ProviderClock } from "./provider-clock.ts"

/** Signatures that only the holder of the provider's private key can make. No HS256: its key is our own client secret. */
const signatureAlgorithms: ReadonlySet<string> = new Set(["RS256", "PS256", "ES256"])

export const timeoutSeconds = 10

export interface ProviderSettings {
  /** Exactly as the provider writes it, character by character. */
  issuer: string
  clientId: string
  clientSecret: string
  /** The way to send the secret; null leaves it to what the provider offers. */
  clientAuth: ClientAuthMethod | null
}

const toOtherIssuer = (issuer: string) =>
  new Error(`it calls itself ${issuer}; OIDC_ISSUER must be exactly that`)

/** Names the issuer in the library's error for one that is more than a slash apart. */
function nameIssuer(error: unknown): unknown {
  const cause = error instanceof oidc.ClientError ? error.cause : null
  const { attribute, body } = (cause ?? {}) as { attribute?: string; body?: oidc.ServerMetadata }
  return attribute === "issuer" && body !== undefined ? toOtherIssuer(body.issuer) : error
}

/** Reads the provider's metadata (OpenID Connect Discovery §4). Throws when it can't be used with these settings. */
export async function discover(
  settings: ProviderSettings,
  providerClock: Pick<ProviderClock, "note">,
): Promise<oidc.Configuration> {
  const { issuer, clientId } = settings
  const server = new URL(issuer)
  // Everything else must be HTTPS; on this machine nobody listens in between.
  const extensions = isLoopbackHost(server.hostname) ? [oidc.allowInsecureRequests] : []
  const options = { execute: extensions, timeout: timeoutSeconds }
  const found = await oidc
    .discovery(server, clientId, undefined, undefined, options)
    .catch((error: unknown) => {
      throw nameIssuer(error)
    })
  const metadata = { ...found.serverMetadata() } as oidc.ServerMetadata
  if (metadata.issuer !== issuer) throw toOtherIssuer(metadata.issuer)
  if (metadata.jwks_uri === undefined) throw new Error("it names no jwks_uri")
  const { authorization_endpoint: signInAt = "", end_session_endpoint: signOutAt } = metadata
  checkPageAddress("authorization_endpoint", signInAt, server.protocol)
  if (signOutAt !== undefined) checkPageAddress("end_session_endpoint", signOutAt, server.protocol)
  const offered = metadata.id_token_signing_alg_values_supported ?? ["RS256"]
  const algorithms = offered.filter((algorithm) => signatureAlgorithms.has(algorithm))
  if (algorithms.length === 0) {
    throw new Error(`it signs ID tokens with none of ${[...signatureAlgorithms].join(", ")}`)
  }
  const { clientAuth, token_endpoint_auth_methods_supported: methods } = { ...settings, ...metadata }
  const configuration = new oidc.Configuration(
    { ...metadata, id_token_signing_alg_values_supported: algorithms },
    clientId,
    { [oidc.clockTolerance]: clockSkewSeconds },
    toClientAuth(settings, chooseClientAuth(settings, clientAuth, methods)),
  )
  configuration.timeout = timeoutSeconds
  configuration[oidc.customFetch] = async (url, options) => {
    // The function that openid-client would call itself.
    // oxlint-disable-next-line no-restricted-globals
    const response = await fetch(url, options as RequestInit)
    providerClock.note(response)
    return response
  }
  for (const extend of extensions) extend(configuration)
  return configuration
}

/** @throws Error for an address to which no browser may be sent */
function checkPageAddress(name: string, address: string, issuerProtocol: string): void {
  const protocol = URL.canParse(address) ? new URL(address).protocol : ""
  if (protocol === "https:" || (protocol === "http:" && issuerProtocol === "http:")) return
  throw new Error(`its ${name} is no https address`)
}

/** Describes what was found at the provider, for the person who sets it up. */
export function describeProvider(found: oidc.Configuration, settings: ProviderSettings) {
  const metadata = found.serverMetadata()
  const { token_endpoint_auth_methods_supported: methods, grant_types_supported: grants } = metadata
  return {
    issuer: metadata.issuer,
    clientAuth: chooseClientAuth(settings, settings.clientAuth, methods),
    /** Abilities, as the provider lists them. */
    has: {
      UserInfo: metadata.userinfo_endpoint !== undefined,
      "refresh tokens": grants?.includes("refresh_token") ?? false,
      "back-channel logout": metadata["backchannel_logout_supported"] === true,
      "sign-out": metadata.end_session_endpoint !== undefined,
    },
  }
}
