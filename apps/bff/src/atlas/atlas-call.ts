import type { PeeringRequest } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toAppError, toUnreadable } from "./atlas-errors.ts"
import { NoChallenge, SendFailed, type DigestFetch } from "./digest-fetch.ts"
import { readAnswer, type HttpAnswer } from "./http-answer.ts"
import { classifyNetworkFailure, readFailureCode } from "./network-failure.ts"

interface AtlasCallerOptions {
  baseUrl: string
  mediaType: string
  digest: DigestFetch
  timeoutMs: number
  clock: Clock
  logger: Logger
  /** Takes secrets out of words that came from outside. */
  strikeOut: (words: string) => string
}

/** One call as Atlas sees it, and how to read its success: null when the body is not what it should be. */
interface AtlasCall<T> {
  path: string
  /** Makes it a POST. */
  create?: PeeringRequest
  read: (body: unknown) => T | null
}

/** Makes one call. Throws AppError only. */
export type CallAtlas = <T>(call: AtlasCall<T>) => Promise<T>

/** The answer began to come and then broke off. */
class AnswerCutOff extends Error {
  readonly status: number

  constructor(status: number, cause: unknown) {
    super("the answer was cut off", { cause })
    this.status = status
  }
}

/**
 * Builds what makes every call: deadline, one log line, and a problem code for whatever may go wrong.
 * A read whose connection broke before any answer is asked once more, since the other side may have closed a kept connection
 * meanwhile. A create is never sent again once it may have reached Atlas: what became of it is then unknown.
 */
export function createAtlasCaller(options: AtlasCallerOptions): CallAtlas {
  const { clock, logger, timeoutMs } = options

  return async ({ path, create = null, read }) => {
    const method = create === null ? "GET" : "POST"
    const begun = clock.now()
    const deadline = new AbortController()
    const callOff = clock.after(timeoutMs, () => deadline.abort())
    try {
      const answer = await askAgainIfBroken(
        () => ask(options, path, create, deadline.signal),
        create,
        deadline.signal,
      )
      const { status } = answer
      logger.debug({ method, path, status, tookMs: clock.now() - begun }, "Atlas answered")
      return readSuccess(answer, read, create, options)
    } catch (error) {
      if (error instanceof AppError) throw error
      logger.debug({ method, path, tookMs: clock.now() - begun }, "Atlas did not answer")
      throw toFailure(error, create, deadline.signal.aborted, options)
    } finally {
      callOff()
    }
  }
}

async function askAgainIfBroken(
  askOnce: () => Promise<HttpAnswer>,
  create: PeeringRequest | null,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    return await askOnce()
  } catch (error) {
    const harmless = error instanceof SendFailed && (create === null || !error.carriedRequest)
    if (!harmless || signal.aborted || classifyNetworkFailure(error) !== "lost") throw error
    return askOnce()
  }
}

async function ask(
  { baseUrl, digest, mediaType }: AtlasCallerOptions,
  path: string,
  create: PeeringRequest | null,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const headers = { accept: mediaType, "user-agent": "peering-desk" }
  const request =
    create === null
      ? { headers }
      : { method: "POST", headers: { ...headers, "content-type": mediaType }, body: JSON.stringify(create) }
  const response = await digest.fetch(`${baseUrl}${path}`, { ...request, signal })
  return readAnswer(response).catch((cause: unknown) => {
    throw new AnswerCutOff(response.status, cause)
  })
}

function readSuccess<T>(
  answer: HttpAnswer,
  read: (body: unknown) => T | null,
  create: PeeringRequest | null,
  { clock, strikeOut }: AtlasCallerOptions,
): T {
  const { status, text } = answer
  if (status < 200 || status > 299) throw toAppError(answer, { create, now: clock.now(), strikeOut })
  if (text === null) throw toUnreadable(status, "The answer is too large", create !== null)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text, which is not ours to pass on.
    throw toUnreadable(status, "The answer is not JSON", create !== null)
  }
  const value = read(body)
  if (value === null) throw toUnreadable(status, "The answer is not what was asked for", create !== null)
  return value
}

const words = {
  "not-sent": "No connection could be made",
  lost: "The connection was lost",
  garbled: "What came back is not HTTP",
}

function toFailure(
  error: unknown,
  create: PeeringRequest | null,
  late: boolean,
  options: AtlasCallerOptions,
): AppError {
  if (error instanceof NoChallenge) return toRefusedChallenge(error.answer, options)
  if (error instanceof AnswerCutOff && error.status >= 400) {
    const { clock, strikeOut } = options
    const begun = { status: error.status, headers: new Headers(), text: null }
    return toAppError(begun, { create, now: clock.now(), strikeOut })
  }
  const failure = classifyNetworkFailure(error)
  const code = readFailureCode(error)
  const reason = `${words[failure]}${code === null ? "" : ` (${code})`}`
  const detail = late ? `No answer within ${options.timeoutMs / 1000} s` : reason
  const carried = error instanceof AnswerCutOff || (error instanceof SendFailed && error.carriedRequest)
  if (create !== null && carried && failure !== "not-sent")
    return new AppError("outcome_unknown", { detail, cause: error })
  if (late) return new AppError("atlas_timeout", { detail, cause: error })
  return new AppError(failure === "garbled" ? "atlas_unreadable" : "atlas_unreachable", {
    detail,
    cause: error,
  })
}

/** The question for a challenge was answered otherwise. The call itself was not sent, so a create has a known outcome: none. */
function toRefusedChallenge(answer: HttpAnswer, { clock, strikeOut }: AtlasCallerOptions): AppError {
  if (answer.status >= 400 && answer.status !== 401)
    return toAppError(answer, { create: null, now: clock.now(), strikeOut })
  return toUnreadable(
    answer.status,
    "The server did not ask for an API key in a way that Peering Desk knows (HTTP digest). Is the base URL right?",
    false,
  )
}
