import * as z from "zod/mini"
import type { Clock } from "#base/clock.ts"
import { readJson } from "#base/json-text.ts"
import { NotSigned, waitForShared, type AtlasRequest } from "./atlas-signer.ts"
import { askWithin } from "./send-request.ts"
import type { HttpAnswer } from "#atlas/protocol/http-answer.ts"
import { readRetryAfter } from "#atlas/protocol/retry-after.ts"
import { createSecretStriker } from "./redact.ts"

export interface AccessTokensOptions {
  /** Scheme, host and path before `/api`, without a slash at the end. */
  baseUrl: string
  clientId: string
  clientSecret: string
  clock: Clock
  /** Limits the request for a token. Callers that share it have their own signals besides. */
  timeoutMs: number
}

/** A token in use. Its value is in a private field, since object inspectors print all others. */
export class AccessToken {
  readonly #value: string
  /** When it was requested, on the clock's `elapsed`; its age counts from then. */
  readonly askedAt: number
  readonly expiresAt: number
  readonly renewAt: number
  /** True once Atlas accepted it. */
  proven = false

  constructor(value: string, askedAt: number, lifeMs: number) {
    this.#value = value
    this.askedAt = askedAt
    this.expiresAt = askedAt + lifeMs - Math.min(lifeMs / 10, safetyMs)
    this.renewAt = askedAt + lifeMs - Math.min(lifeMs / 4, renewAheadMs)
  }

  toHeader(): string {
    return `Bearer ${this.#value}`
  }
}

/** Thrown when Atlas, or a proxy, answered without a token. */
export class TokenRefused extends NotSigned {}

/** Allowance for clock differences and a slow network. */
const safetyMs = 15_000
const renewAheadMs = 5 * 60_000
/** Atlas allows ten token requests a minute, so a refusal (4xx) is repeated for this long before the next request. */
const refusalStandsMs = 10_000
/** Used when the answer has no lifetime (RFC 6749 §5.1); well below Atlas's hour. */
const assumedLifeSeconds = 600

const TokenAnswer = z.object({
  // RFC 6750 §2.1. Other characters are not allowed in a header.
  access_token: z.string().check(z.regex(/^[\w.~+/-]+=*$/)),
  token_type: z.string().check(z.regex(/^bearer$/i)),
  expires_in: z.catch(z.number().check(z.gt(0)), assumedLifeSeconds),
})

/**
 * Holds the access token of one service account (RFC 6749 §4.4, client credentials) for all its calls. Renews the token before it
 * ends while calls still use it, with one request for all callers.
 */
export class AccessTokens {
  readonly #options: AccessTokensOptions
  readonly #clock: Clock
  readonly #strikeOutSecret: (words: string) => string
  /** The last few tokens, including replaced ones, which an answer may still quote. */
  #given: string[] = []
  #token: AccessToken | null = null
  #refresh: Promise<AccessToken> | null = null
  #refusal: { answer: HttpAnswer; until: number } | null = null

  constructor(options: AccessTokensOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#strikeOutSecret = createSecretStriker(options.clientId, options.clientSecret)
  }

  redact(words: string): string {
    return this.#given.reduce(
      (left, token) => left.replaceAll(token, "[struck out]"),
      this.#strikeOutSecret(words),
    )
  }

  /** Returns the present token or a new one. Throws SendFailed and TokenRefused. */
  async get(request: AtlasRequest): Promise<AccessToken> {
    const token = this.#current()
    if (token === null) return this.#renew(request)
    if (this.#clock.elapsed() >= token.renewAt && this.#refresh === null)
      // A failure does no harm yet, since the present token is still valid.
      this.#renew({ signal: request.signal }).catch(() => undefined)
    return token
  }

  /** Replaces a token that Atlas refused, unless another call has done so. */
  async replace(refused: AccessToken, request: AtlasRequest): Promise<AccessToken> {
    const newer = this.#current()
    return newer === null || newer === refused ? this.#renew(request) : newer
  }

  #current(): AccessToken | null {
    return this.#token !== null && this.#clock.elapsed() < this.#token.expiresAt ? this.#token : null
  }

  async #renew({ signal, onRequest }: AtlasRequest): Promise<AccessToken> {
    const now = this.#clock.elapsed()
    if (this.#refusal !== null && now < this.#refusal.until) throw toRefused(this.#refusal, now)
    this.#refresh ??= this.#ask(onRequest).finally(() => {
      this.#refresh = null
    })
    return waitForShared(this.#refresh, signal)
  }

  async #ask(onRequest: (() => void) | undefined): Promise<AccessToken> {
    let askedAt = this.#clock.elapsed()
    let answer = await this.#send(onRequest)
    // Mostly one server of many that is restarting.
    if (answer.status >= 500) {
      askedAt = this.#clock.elapsed()
      answer = await this.#send(onRequest)
    }
    const token = readToken(answer)
    if (token === null) throw this.#refuse(answer)
    this.#given = [token.access_token, ...this.#given].slice(0, 4)
    this.#token = new AccessToken(token.access_token, askedAt, token.expires_in * 1000)
    return this.#token
  }

  #send(onRequest: (() => void) | undefined): Promise<HttpAnswer> {
    const { baseUrl, clientId, clientSecret, timeoutMs } = this.#options
    return askWithin(timeoutMs, this.#clock, new URL(`${baseUrl}/api/oauth/token`), {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
      ...(onRequest && { onRequest }),
    })
  }

  #refuse({ status, headers, text }: HttpAnswer): TokenRefused {
    const now = this.#clock.elapsed()
    const standsMs = status === 429 ? readRetryAfter(headers, this.#clock.now()) * 1000 : refusalStandsMs
    // An unreadable success may still contain a token, so its text is dropped.
    const refusal = { answer: { status, headers, text: status < 400 ? null : text }, until: now + standsMs }
    if (status >= 400 && status < 500) this.#refusal = refusal
    return toRefused(refusal, now)
  }
}

function readToken({ status, text }: HttpAnswer): z.infer<typeof TokenAnswer> | null {
  return status === 200 && text !== null ? (TokenAnswer.safeParse(readJson(text)).data ?? null) : null
}

function toRefused({ answer, until }: { answer: HttpAnswer; until: number }, now: number): TokenRefused {
  if (answer.status !== 429) return new TokenRefused("access token", answer)
  const headers = new Headers({ "retry-after": String(Math.ceil((until - now) / 1000)) })
  return new TokenRefused("access token", { ...answer, headers })
}
