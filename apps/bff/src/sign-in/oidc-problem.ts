import { AuthorizationResponseError } from "openid-client"
import { AppError } from "#base/app-error.ts"

/**
 * Translates errors of the OpenID Connect library. They carry whole tokens and answers along, so only their own
 * sentences and codes are kept, for the log.
 */
export function toOidcProblem(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const chain = toChain(thrown)
  // What a parser says of a text begins with a piece of that text.
  const sentences = chain.filter((error) => !(error instanceof SyntaxError)).map(({ message }) => message)
  const cause = new Error(sentences.join(": ") || "it can't be read")
  if (chain.some(isNetworkFailure)) return new AppError("identity_provider_unreachable", { cause })
  if (thrown instanceof AuthorizationResponseError) {
    // The text came with the browser's request; a code as the specification has them is safe to repeat (RFC 6749 §4.1.2.1).
    const code = /^[a-z_]{1,40}$/.test(thrown.error) ? thrown.error : "something unreadable"
    return new AppError("sign_in_failed", { detail: `The identity provider answered ${code}.`, cause })
  }
  return new AppError("sign_in_failed", {
    detail: "The identity provider's answer failed verification.",
    cause,
  })
}

function toChain(thrown: unknown): Error[] {
  const chain: Error[] = []
  for (let at = thrown; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at)
  return chain
}

const networkCodes: ReadonlySet<unknown> = new Set(["OAUTH_TIMEOUT", "OAUTH_ABORT"])

function isNetworkFailure(error: Error): boolean {
  if (error instanceof TypeError && error.message === "fetch failed") return true
  if ("code" in error && networkCodes.has(error.code)) return true
  return error.cause instanceof Response && error.cause.status >= 500
}
