import * as z from "zod/mini"
import type { Clock } from "#base/clock.ts"
import { NotSigned, SendFailed, waitForShared, type AtlasRequest } from "./atlas-signer.ts"
import { sendRequest } from "./digest-fetch.ts"
import { readAnswer, type HttpAnswer } from "#atlas/protocol/http-answer.ts"
import { readRetryAfter } from "#atlas/protocol/retry-after.ts"
import { createSecretStriker } from "./redact.ts"

export interface AccessTokensOptions {
  /** Scheme, host and path before `/api`, without a slash at the end. */
  baseUrl: string
  clientId: string
  clientSecret: string
  clock: Clock
  /** For the request that fetches a token, which several callers may wait for; each caller has its own signal besides. */
  timeoutMs: number
}

/** A token in use. Its value is in a private field, because an object inspector prints every other kind. */
export class AccessToken {
  readonly #value: string
  /** When it was asked for: it is at most as old as this says. */
  readonly askedAt: number
  readonly expiresAt: number
  readonly renewAt: number
  /** Whether Atlas accepted it. */
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

/** Atlas, or what answered in its place, gave no token. */
export class TokenRefused extends NotSigned {}

/** Two clocks and a slow network may differ by as much. */
const safetyMs = 15_000
const renewAheadMs = 5 * 60_000
/** Atlas counts ten requests for a token a minute; a refusal stands for so long before we ask again. */
const refusalStandsMs = 10_000
/** RFC 6749 §5.1 leaves the life of a token out where it is documented elsewhere; this is well below Atlas's hour. */
const assumedLifeSeconds = 600

const TokenAnswer = z.object({
  // RFC 6750 §2.1; anything else could not be written into a header.
  access_token: z.string().check(z.regex(/^[\w.~+/-]+=*$/)),
  token_type: z.string().check(z.regex(/^bearer$/i)),
  expires_in: z.catch(z.number().check(z.gt(0)), assumedLifeSeconds),
})

/**
 * The access tokens of one service account (RFC 6749 §4.4, client credentials). One token serves all calls; it is renewed ahead of
 * its end while calls go on with it, and once however many calls need a new one.
 */
export class AccessTokens {
  readonly #tokenUrl: URL
  readonly #authorization: string
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #strikeOutSecret: (words: string) => string
  /** The last few, also those given up, which an answer may still quote. */
  #given: string[] = []
  #token: AccessToken | null = null
  #refresh: Promise<AccessToken> | null = null
  #refusal: { answer: HttpAnswer; until: number } | null = null

  constructor({ baseUrl, clientId, clientSecret, clock, timeoutMs }: AccessTokensOptions) {
    this.#tokenUrl = new URL(`${baseUrl}/api/oauth/token`)
    this.#authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#strikeOutSecret = createSecretStriker(clientId, clientSecret)
  }

  redact(words: string): string {
    return this.#given.reduce(
      (left, token) => left.replaceAll(token, "[struck out]"),
      this.#strikeOutSecret(words),
    )
  }

  /** The token at hand, or a new one. Throws SendFailed and TokenRefused. */
  async get(request: AtlasRequest): Promise<AccessToken> {
    const token = this.#current()
    if (token === null) return this.#renew(request)
    if (this.#clock.now() >= token.renewAt && this.#refresh === null)
      // Failing does no harm yet: the token at hand is still good.
      this.#renew({ signal: request.signal }).catch(() => undefined)
    return token
  }

  /** A token in the place of one that Atlas refused, unless another call has replaced it already. */
  async replace(refused: AccessToken, request: AtlasRequest): Promise<AccessToken> {
    const newer = this.#current()
    return newer === null || newer === refused ? this.#renew(request) : newer
  }

  #current(): AccessToken | null {
    const age = this.#token === null ? 0 : this.#clock.now() - this.#token.askedAt
    const fresh = this.#token !== null && age >= 0 && this.#clock.now() < this.#token.expiresAt
    return fresh ? this.#token : null
  }

  async #renew({ signal, onRequest }: AtlasRequest): Promise<AccessToken> {
    const now = this.#clock.now()
    if (this.#refusal !== null && now < this.#refusal.until) throw toRefused(this.#refusal, now)
    this.#refresh ??= this.#ask(onRequest).finally(() => {
      this.#refresh = null
    })
    return waitForShared(this.#refresh, signal)
  }

  async #ask(onRequest: (() => void) | undefined): Promise<AccessToken> {
    const limit = new AbortController()
    const callOff = this.#clock.after(this.#timeoutMs, () => limit.abort())
    const askedAt = this.#clock.now()
    const headers = {
      authorization: this.#authorization,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "peering-desk",
    }
    const body = "grant_type=client_credentials"
    try {
      const question = {
        method: "POST",
        headers,
        body,
        signal: limit.signal,
        ...(onRequest && { onRequest }),
      }
      const response = await sendRequest(this.#tokenUrl, question, false)
      const answer = await readAnswer(response).catch((cause: unknown) => {
        throw new SendFailed(false, cause)
      })
      const token = readToken(answer)
      if (token === null) throw this.#refuse(answer)
      this.#given = [token.access_token, ...this.#given].slice(0, 4)
      this.#token = new AccessToken(token.access_token, askedAt, token.expires_in * 1000)
      return this.#token
    } finally {
      callOff()
    }
  }

  #refuse({ status, headers, text }: HttpAnswer): TokenRefused {
    const now = this.#clock.now()
    const standsMs = status === 429 ? readRetryAfter(headers.get("retry-after"), now) * 1000 : refusalStandsMs
    // A success that we cannot read may hold a token all the same, so its text goes nowhere.
    this.#refusal = { answer: { status, headers, text: status < 400 ? null : text }, until: now + standsMs }
    return toRefused(this.#refusal, now)
  }
}

function readToken({ status, text }: HttpAnswer): z.infer<typeof TokenAnswer> | null {
  if (status !== 200 || text === null) return null
  try {
    return TokenAnswer.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function toRefused({ answer, until }: { answer: HttpAnswer; until: number }, now: number): TokenRefused {
  if (answer.status !== 429) return new TokenRefused("access token", answer)
  const headers = new Headers({ "retry-after": String(Math.ceil((until - now) / 1000)) })
  return new TokenRefused("access token", { ...answer, headers })
}
