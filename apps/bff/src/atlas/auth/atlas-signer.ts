import type { KeyKind } from "@peering-desk/shared-schemas"
import { untilAborted } from "#base/clock.ts"
import type { BegunAnswer, HttpAnswer } from "#atlas/protocol/http-answer.ts"

export interface AtlasRequest {
  method?: "GET" | "POST" | "PATCH" | "DELETE"
  /** By their names in lower case. */
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Aborts every HTTP request of the call and the reading of its answer. */
  signal: AbortSignal
  /** Called for each HTTP request of the call, including those for a challenge or a token. */
  onRequest?: () => void
}

/** A request as its signer knows it. */
export interface Unsigned extends Omit<AtlasRequest, "body"> {
  target: URL
  /** Sends it with a value of the header `Authorization`. */
  send: (authorization: string) => Promise<BegunAnswer>
}

/** Signs requests with one credential of any kind. */
export interface AtlasSigner {
  readonly kind: KeyKind
  /** Has a request sent, and again where only its signature was refused. Throws SendFailed and NotSigned. */
  sign(request: Unsigned): Promise<BegunAnswer>
  /** Removes the credential's secrets from words that came from outside. */
  redact(words: string): string
}

/** Thrown without an answer. `carriedRequest`: the caller's request was on its way, not only one for a challenge or a token. */
export class SendFailed extends Error {
  readonly carriedRequest: boolean

  constructor(carriedRequest: boolean, cause: unknown) {
    super("the request was not answered", { cause })
    this.carriedRequest = carriedRequest
  }
}

/** Thrown when the server gave no challenge or token. The caller's request was not sent. */
export class NotSigned extends Error {
  readonly answer: HttpAnswer

  constructor(missing: string, answer: HttpAnswer) {
    super(`no ${missing} in an answer with status ${answer.status}`)
    this.answer = answer
  }
}

/** Waits for shared work until this caller's signal aborts. */
export async function waitForShared<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await untilAborted(shared, signal)
  } catch (error) {
    throw signal.aborted && error === signal.reason ? new SendFailed(false, error) : error
  }
}
