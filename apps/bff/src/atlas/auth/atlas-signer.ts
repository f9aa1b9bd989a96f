import type { HttpAnswer } from "#atlas/protocol/http-answer.ts"

export interface AtlasRequest {
  method?: string
  headers?: ConstructorParameters<typeof Headers>[0]
  body?: string
  /** Covers every HTTP request of the call, and the reading of the answer. */
  signal: AbortSignal
  /** Called for each HTTP request that the call takes, those for a challenge or a token included. */
  onRequest?: () => void
}

/** Speaks to Atlas with one credential, whichever kind that is. */
export interface AtlasSigner {
  /**
   * Sends one request and gives the answer, whatever its status; a 401 means that the credential, or its rights, were refused.
   * Redirects are answers. Throws SendFailed and NotSigned.
   */
  fetch(url: string | URL, request: AtlasRequest): Promise<Response>
  /** Takes the credential's secrets out of words that came from outside. */
  redact(words: string): string
}

/** No answer came. `carriedRequest`: the caller's own request was on its way, not just what it takes to sign one. */
export class SendFailed extends Error {
  readonly carriedRequest: boolean

  constructor(carriedRequest: boolean, cause: unknown) {
    super("the request was not answered", { cause })
    this.carriedRequest = carriedRequest
  }
}

/** The server answered, but not with what it takes to sign; the caller's own request was not sent. */
export class NotSigned extends Error {
  readonly answer: HttpAnswer

  constructor(missing: string, answer: HttpAnswer) {
    super(`no ${missing} in an answer with status ${answer.status}`)
    this.answer = answer
  }
}

/** Waits for work that several callers share, no longer than this caller's signal allows. */
export function waitForShared<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new SendFailed(false, signal.reason))
    if (signal.aborted) giveUp()
    signal.addEventListener("abort", giveUp, { once: true })
    shared.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp))
  })
}
