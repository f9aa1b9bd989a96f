import type { PeeringRequest, ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { toAppError, toUnreadable, type Circumstances } from "./atlas-errors.ts"
import { NotSigned, SendFailed, type AtlasRequest, type AtlasSigner } from "./atlas-signer.ts"
import { readAnswer, type HttpAnswer } from "./http-answer.ts"
import { classifyNetworkFailure, readFailureCode } from "./network-failure.ts"
import { toNotSignedError } from "./not-signed-errors.ts"

/** How a call ended. */
export interface AtlasCallEnd {
  outcome: "ok" | ProblemCode
  /** How many HTTP requests it took, those for a challenge or a token included. */
  requests: number
  tookMs: number
}

interface AtlasCallerOptions {
  baseUrl: string
  mediaType: string
  signer: AtlasSigner
  timeoutMs: number
  clock: Clock
  logger: Logger
  onCall: (end: AtlasCallEnd) => void
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
  const { clock, logger, onCall, timeoutMs } = options

  return async ({ path, create = null, read }) => {
    const method = create === null ? "GET" : "POST"
    const begun = clock.now()
    const deadline = new AbortController()
    const callOff = clock.after(timeoutMs, () => deadline.abort())
    let requests = 0
    let outcome: AtlasCallEnd["outcome"] = "internal_error"
    const onRequest = () => void (requests += 1)
    try {
      const answer = await askAgainIfBroken(
        () => ask(options, path, create, { signal: deadline.signal, onRequest }),
        create,
        deadline.signal,
      )
      logger.debug({ method, path, status: answer.status, tookMs: clock.now() - begun }, "Atlas answered")
      const value = readSuccess(answer, read, create, options)
      outcome = "ok"
      return value
    } catch (error) {
      if (!(error instanceof AppError))
        logger.debug({ method, path, tookMs: clock.now() - begun }, "Atlas did not answer")
      const failure =
        error instanceof AppError ? error : toFailure(error, create, deadline.signal.aborted, options)
      outcome = failure.code
      throw failure
    } finally {
      callOff()
      onCall({ outcome, requests, tookMs: clock.now() - begun })
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
  { baseUrl, signer, mediaType }: AtlasCallerOptions,
  path: string,
  create: PeeringRequest | null,
  limits: Pick<AtlasRequest, "signal" | "onRequest">,
): Promise<HttpAnswer> {
  const headers = { accept: mediaType, "user-agent": "peering-desk" }
  const request =
    create === null
      ? { headers }
      : { method: "POST", headers: { ...headers, "content-type": mediaType }, body: JSON.stringify(create) }
  const response = await signer.fetch(`${baseUrl}${path}`, { ...request, ...limits })
  return readAnswer(response).catch((cause: unknown) => {
    throw new AnswerCutOff(response.status, cause)
  })
}

function readSuccess<T>(
  answer: HttpAnswer,
  read: (body: unknown) => T | null,
  create: PeeringRequest | null,
  options: AtlasCallerOptions,
): T {
  const { status, text } = answer
  if (status < 200 || status > 299) throw toAppError(answer, { create, ...toCircumstances(options) })
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
  if (error instanceof NotSigned) return toNotSignedError(error, toCircumstances(options))
  if (error instanceof AnswerCutOff && error.status >= 400) {
    const begun = { status: error.status, headers: new Headers(), text: null }
    return toAppError(begun, { create, ...toCircumstances(options) })
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

function toCircumstances({ clock, signer }: AtlasCallerOptions): Omit<Circumstances, "create"> {
  return { now: clock.now(), strikeOut: (words) => signer.strikeOut(words) }
}
