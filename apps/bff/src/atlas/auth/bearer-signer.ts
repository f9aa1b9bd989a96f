import type { Clock } from "#base/clock.ts"
import { AccessTokens, type AccessToken, type AccessTokensOptions } from "./access-tokens.ts"
import { readErrorBody } from "#atlas/protocol/atlas-error-body.ts"
import { rightsCodes } from "#atlas/protocol/atlas-errors.ts"
import { SendFailed, type AtlasSigner, type Unsigned } from "./atlas-signer.ts"
import type { BegunAnswer } from "#atlas/protocol/http-answer.ts"

/** A younger token that never worked is not replaced, since the next one would not work either. */
const worthReplacingAfterMs = 60_000

/**
 * Signs requests of one service account with an access token (RFC 6750). A call with a refused token is repeated once with a new
 * one. That is safe for a create too, since a 401 means that nothing was carried out.
 */
export class BearerSigner implements AtlasSigner {
  readonly kind = "service-account"
  // Private, since object inspectors print all other fields.
  readonly #tokens: AccessTokens
  readonly #clock: Clock

  constructor(options: AccessTokensOptions) {
    this.#tokens = new AccessTokens(options)
    this.#clock = options.clock
  }

  redact(words: string): string {
    return this.#tokens.redact(words)
  }

  async sign(request: Unsigned): Promise<BegunAnswer> {
    const token = await this.#tokens.get(request)
    const response = await send(request, token)
    if (response.status !== 401) return response

    const { status, headers } = response
    const text = (await response.text().catch(() => null)) ?? ""
    const refused = { status, headers, text: () => Promise.resolve(text) }
    // Atlas also answers 401 when it accepts the token and the account lacks the rights.
    if (rightsCodes.has(readErrorBody(text, String).errorCode ?? "")) {
      token.proven = true
      return refused
    }
    if (!token.proven && this.#clock.elapsed() - token.askedAt < worthReplacingAfterMs) return refused
    const next = await this.#tokens.replace(token, request)
    if (request.signal.aborted) throw new SendFailed(false, request.signal.reason)
    return send(request, next)
  }
}

async function send(request: Unsigned, token: AccessToken): Promise<BegunAnswer> {
  const response = await request.send(token.toHeader())
  if (response.status !== 401) token.proven = true
  return response
}
