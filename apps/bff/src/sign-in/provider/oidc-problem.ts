import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from "openid-client"
import { AppError } from "#base/app-error.ts"
import { readLine } from "./id-token-claims.ts"

/** An error in the provider's own words; logged at warn, since somebody has to change something. */
export class ProviderError extends Error {
  /** As OAuth 2.0 and OpenID Connect name it, such as `invalid_client`. */
  readonly code: string

  constructor(code: string, description: string | null) {
    super(`the identity provider answered ${code}${description === null ? "" : `: ${description}`}`)
    this.name = "ProviderError"
    this.code = code
  }
}

/** The meaning of the provider's errors, and what to check. For the page that the person sees and sends to an administrator. */
const advice: Readonly<Record<string, string>> = {
  access_denied: "The identity provider did not let you in, or you cancelled.",
  invalid_client:
    "The identity provider refused this application's id or secret. Check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET; if they are right, set OIDC_CLIENT_AUTH to the other way of sending them, basic or post.",
  unauthorized_client:
    "The identity provider does not let this application sign people in with the authorization code flow. Check the grant types of the client there.",
  invalid_grant:
    "The identity provider did not accept its own code: it was used before, is too old, or its redirect URI differs. Try again; if it stays, compare PUBLIC_URL with the client's redirect URI.",
  invalid_scope: "The identity provider does not know one of the scopes in OIDC_SCOPES.",
  invalid_request:
    "The identity provider could not use the request. Check the client's redirect URI and whether it requires something else there.",
  server_error: "The identity provider reported an internal error. Its log says more.",
  temporarily_unavailable: "The identity provider is overloaded or under maintenance. Try again in a minute.",
}

/**
 * Translates errors of the OpenID Connect library. They carry whole tokens and answers along, so only their own
 * sentences and codes are kept, for the log.
 */
export function toOidcProblem(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const said = toProviderError(thrown)
  const chain = toChain(thrown)
  if (said === null && chain.some(isNetworkFailure))
    return new AppError("identity_provider_unreachable", { cause: toCause(chain) })
  if (said !== null) {
    const detail = `${advice[said.code] ?? "The identity provider refused the sign-in."} (${said.code})`
    return new AppError("sign_in_failed", { detail, cause: said })
  }
  return new AppError("sign_in_failed", {
    detail: "The identity provider's answer failed verification.",
    cause: toCause(chain),
  })
}

/** Its errors for a person whom it does not vouch for any more, or about whom it would have to ask. */
const aboutPerson: ReadonlySet<string> = new Set([
  "invalid_grant",
  "access_denied",
  "login_required",
  "interaction_required",
  "consent_required",
  "account_selection_required",
])

/** Returns true when the provider answered, and does not vouch for the person. */
export function hasRefusedPerson(error: unknown): boolean {
  return (
    error instanceof AppError && error.cause instanceof ProviderError && aboutPerson.has(error.cause.code)
  )
}

/** The errors that a browser may bring back (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6, and others of `advice`). */
const browserCodes: ReadonlySet<string> = new Set([
  ...Object.keys(advice),
  ...aboutPerson,
  "unsupported_response_type",
  "invalid_request_uri",
  "invalid_request_object",
  "request_not_supported",
  "request_uri_not_supported",
  "registration_not_supported",
  "unmet_authentication_requirements",
])

function toCause(chain: readonly Error[]): Error {
  // What a parser says of a text begins with a piece of that text.
  const sentences = chain.filter((error) => !(error instanceof SyntaxError)).map(toSentence)
  return new Error(sentences.join(": ") || "it can't be read")
}

/** Names the endpoint that answered wrongly, which the library's sentence does not. */
function toSentence({ message, cause }: Error): string {
  return cause instanceof Response
    ? `${message} (${cause.status} from ${new URL(cause.url).pathname})`
    : message
}

function toProviderError(thrown: unknown): ProviderError | null {
  if (thrown instanceof AuthorizationResponseError) {
    // The text came with the browser's request, so anybody may have written it.
    return new ProviderError(browserCodes.has(thrown.error) ? thrown.error : "an unknown error", null)
  }
  if (thrown instanceof ResponseBodyError)
    return new ProviderError(toCode(thrown.error), readLine(thrown.error_description))
  // A challenge instead of a body: who authenticates at the token endpoint is the client (RFC 6749 §5.2).
  if (thrown instanceof WWWAuthenticateChallengeError) return new ProviderError("invalid_client", null)
  return null
}

function toCode(error: string): string {
  return /^[a-z_]{1,40}$/.test(error) ? error : "something unreadable"
}

function toChain(thrown: unknown): Error[] {
  const chain: Error[] = []
  for (let at = thrown; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at)
  return chain
}

const networkCodes: ReadonlySet<unknown> = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT", "ERR_JWKS_TIMEOUT"])

/** Returns true when the provider was not reached, or did not answer as a provider does. */
export function isNetworkFailure(error: Error): boolean {
  if (error instanceof TypeError && error.message === "fetch failed") return true
  // jose's word for an answer of the key list that is no 200, or no JSON.
  if ("code" in error && (networkCodes.has(error.code) || error.code === "ERR_JOSE_GENERIC")) return true
  return error.cause instanceof Response && error.cause.status >= 500
}
