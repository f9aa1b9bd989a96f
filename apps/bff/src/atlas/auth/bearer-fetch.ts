import type { Clock } from "#base/clock.ts"
import { AccessTokens, type AccessToken, type AccessTokensOptions } from "./access-tokens.ts"
import { readErrorBody } from "#atlas/protocol/atlas-error-body.ts"
import { rightsCodes } from "#atlas/protocol/atlas-errors.ts"
import { SendFailed, type AtlasRequest, type AtlasSigner } from "./atlas-signer.ts"
import { sendRequest } from "./digest-fetch.ts"
import { readAnswer } from "#atlas/protocol/http-answer.ts"

/** A token that is younger than this and never worked is not replaced: the next one would be no better. */
const worthReplacingAfterMs = 60_000

/**
 * Requests of one service account, with an access token (RFC 6750). A call that is refused for its token is tried once more with a
 * new one; a 401 means that nothing was carried out, so that is safe for a create too.
 */
export class BearerFetch implements AtlasSigner {
  // Private fields, because an object inspector prints every other kind.
  readonly #tokens: AccessTokens
  readonly #clock: Clock

  constructor(options: AccessTokensOptions) {
    this.#tokens = new AccessTokens(options)
    this.#clock = options.clock
  }

  redact(words: string): string {
    return this.#tokens.redact(words)
  }

  async fetch(url: string | URL, request: AtlasRequest): Promise<Response> {
    const token = await this.#tokens.get(request)
    const response = await this.#send(url, request, token)
    if (response.status !== 401) return response

    const { headers, text } = await readAnswer(response).catch(() => ({
      headers: response.headers,
      text: "",
    }))
    const refused = new Response(text, { status: 401, headers })
    // Atlas also answers 401 to a token that it accepts, of an account that lacks the rights.
    if (rightsCodes.has(readErrorBody(text, String).errorCode ?? "")) {
      token.proven = true
      return refused
    }
    if (!token.proven && this.#clock.now() - token.askedAt < worthReplacingAfterMs) return refused
    const next = await this.#tokens.replace(token, request)
    if (request.signal.aborted) throw new SendFailed(false, request.signal.reason)
    return this.#send(url, request, next)
  }

  async #send(url: string | URL, request: AtlasRequest, token: AccessToken): Promise<Response> {
    const headers = new Headers(request.headers)
    headers.set("authorization", token.toHeader())
    const response = await sendRequest(new URL(url), { ...request, headers }, true)
    if (response.status !== 401) token.proven = true
    return response
  }
}
