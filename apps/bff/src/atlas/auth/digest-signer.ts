import { createHash } from "node:crypto"
import DigestClient from "digest-fetch"
import type { Clock } from "#base/clock.ts"
import { NotSigned, SendFailed, waitForShared, type AtlasSigner, type Unsigned } from "./atlas-signer.ts"
import { chooseDigestChallenge, readNextNonce } from "./digest-challenge.ts"
import { readAnswer, type BegunAnswer } from "#atlas/protocol/http-answer.ts"
import { createCnonce, createNonce, NonceStore, type Nonce } from "./nonce-store.ts"
import { createSecretStriker } from "./redact.ts"
import { askWithin } from "./send-request.ts"

interface DigestSignerOptions {
  publicKey: string
  privateKey: string
  clock: Clock
  /** Limits the request for a challenge. Callers that share it have their own signals besides. */
  timeoutMs: number
  /** The address that is asked for challenges; the address of a call otherwise, which may be a slow one. */
  challengeUrl?: string
  /** Tests set it to repeat the examples of RFC 7616. */
  createCnonce?: () => string
}

/** Thrown when the answer is no challenge that we can answer. */
export class NoChallenge extends NotSigned {}

const hashNames = { "SHA-512-256": "sha512-256", "SHA-256": "sha256", MD5: "md5" }

/**
 * Signs requests with HTTP digest authentication (RFC 7616) for one key and one server. The package computes the response and writes
 * the header; this class decides about nonce, count, challenges and retries.
 *
 * It fetches a challenge by a GET without credentials or body, one for all calls that wait, so a POST carries its body only when it is
 * signed. The next challenge is fetched before the present one is used up, so calls wait only after a time without any. A refused call is
 * repeated once, unless the refusal means that the key is wrong. When the second nonce is stale too, it is repeated once more with the
 * nonce of that refusal, which no other call shares.
 */
export class DigestSigner extends DigestClient implements AtlasSigner {
  readonly kind = "digest"
  // Private, since object inspectors print all other fields.
  readonly #options: DigestSignerOptions
  readonly #nonces: NonceStore
  readonly redact: (words: string) => string
  #refresh: Promise<Nonce> | null = null

  constructor(options: DigestSignerOptions) {
    super(toQuoted(options.publicKey), "")
    this.#options = options
    this.#nonces = new NonceStore(options.clock)
    this.redact = createSecretStriker(options.publicKey, options.privateKey)
  }

  async sign(request: Unsigned): Promise<BegunAnswer> {
    const nonce = this.#nonces.current() ?? (await waitForShared(this.#startRefresh(request), request.signal))
    const askedAt = this.#options.clock.elapsed()
    const sent = this.#sendSigned(request, nonce)
    // Without it, the call that finds the nonce used up waits.
    if (this.#nonces.takeTurnToAskAhead(nonce)) this.#startRefresh(request).catch(() => undefined)
    const response = await sent
    if (response.status !== 401) return response

    const challenge = chooseDigestChallenge(response.headers.get("www-authenticate"))
    if (challenge === null) return response
    const next = this.#nonces.replace(nonce, challenge, askedAt)
    // The nonce never worked and is not stale: the key is refused, and more tries would lock it out.
    if (!challenge.stale && !nonce.proven) return response
    const second = await this.#sendAgain(request, response, next)
    if (second.status !== 401) return second

    const own = chooseDigestChallenge(second.headers.get("www-authenticate"))
    // Many calls share the second nonce, and the server may take it less often (RFC 7616 §3.3: a stale nonce says nothing of the key).
    if (own?.stale !== true) return second
    return this.#sendAgain(request, second, createNonce(own, askedAt))
  }

  /** Sends a refused request again. That is safe for a create too, since a 401 means that nothing was carried out. */
  async #sendAgain(request: Unsigned, refusal: BegunAnswer, nonce: Nonce): Promise<BegunAnswer> {
    // Reading it to its end frees the connection.
    await readAnswer(refusal).catch(() => undefined)
    if (request.signal.aborted) throw new SendFailed(false, request.signal.reason)
    return this.#sendSigned(request, nonce)
  }

  async #sendSigned({ target, method = "GET", send }: Unsigned, nonce: Nonce): Promise<BegunAnswer> {
    const response = await send(this.#toHeader(target, method, nonce))
    if (response.status === 401) return response
    nonce.proven = true
    const nextNonce = readNextNonce(response.headers.get("authentication-info"))
    if (nextNonce !== null)
      this.#nonces.replace(nonce, { ...nonce.challenge, nonce: nextNonce }, this.#options.clock.elapsed())
    return response
  }

  /** Takes the next count and signs without awaiting in between, so two calls never share a count. */
  #toHeader(target: URL, method: string, nonce: Nonce): string {
    const { realm, opaque, algorithm, userhash, nonce: value } = nonce.challenge
    const { publicKey, createCnonce: createOwn = createCnonce } = this.#options
    nonce.count += 1
    this.digest = {
      scheme: "Digest",
      realm: toQuoted(realm),
      nonce: value,
      opaque: opaque === null ? null : toQuoted(opaque),
      qop: "auth",
      algorithm,
      cnonce: algorithm.endsWith("-sess") ? nonce.sessionCnonce : createOwn(),
      nc: nonce.count.toString(16).padStart(8, "0"),
    }
    this.hasAuth = true
    this.user = userhash ? this.hashWithAlgorithm(`${publicKey}:${realm}`) : toQuoted(publicKey)
    const signed = this.addAuth(target.href, { method, headers: {} }).headers["Authorization"] ?? ""
    return userhash ? `${signed},userhash=true` : signed
  }

  override computeHash(): string {
    const { publicKey, privateKey } = this.#options
    return this.hashWithAlgorithm(`${publicKey}:${fromQuoted(this.digest.realm)}:${privateKey}`)
  }

  override hashWithAlgorithm(data: string): string {
    const name = this.digest.algorithm.replace("-sess", "")
    return createHash(hashNames[name as keyof typeof hashNames])
      .update(data)
      .digest("hex")
  }

  /** Fetches one challenge for all callers that need it. */
  #startRefresh(request: Unsigned): Promise<Nonce> {
    this.#refresh ??= this.#askForChallenge(request).finally(() => {
      this.#refresh = null
    })
    return this.#refresh
  }

  async #askForChallenge({ target, headers, onRequest }: Unsigned): Promise<Nonce> {
    const { clock, timeoutMs, challengeUrl = target } = this.#options
    const refused = this.#nonces.current()
    const askedAt = clock.elapsed()
    const answer = await askWithin(timeoutMs, clock, new URL(challengeUrl), {
      headers: { accept: headers?.["accept"] ?? "*/*" },
      ...(onRequest && { onRequest }),
    })
    const challenge =
      answer.status === 401 ? chooseDigestChallenge(answer.headers.get("www-authenticate")) : null
    if (challenge === null) throw new NoChallenge("digest challenge that we know", answer)
    return this.#nonces.replace(refused, challenge, askedAt)
  }
}

/** Escapes quotes and backslashes for a quoted string. The hash covers the text without escapes (RFC 7616 §4). */
function toQuoted(text: string): string {
  return text.replace(/["\\]/g, "\\$&")
}

function fromQuoted(text: string): string {
  return text.replace(/\\(["\\])/g, "$1")
}
