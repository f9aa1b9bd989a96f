import type { ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import type { Logger } from "#base/logger.ts"
import { getRequestContext } from "#base/request-context.ts"
import type { Circuit } from "./circuit.ts"
import {
  toAtlasError,
  toUnreadable,
  type AtlasChange,
  type Circumstances,
} from "#atlas/protocol/atlas-errors.ts"
import { NotSigned, SendFailed, type AtlasRequest, type AtlasSigner } from "#atlas/auth/atlas-signer.ts"
import { sendSigned } from "#atlas/auth/send-request.ts"
import { parseAnswer } from "#atlas/protocol/parse-answer.ts"
import { readAnswer, type AnswerHeaders, type HttpAnswer } from "#atlas/protocol/http-answer.ts"
import { classifyNetworkFailure, readFailureCode } from "#atlas/protocol/network-failure.ts"
import { toNotSignedError } from "#atlas/auth/not-signed-errors.ts"

/** The end of a call, for the metrics. */
export interface AtlasCallEnd {
  outcome: "ok" | ProblemCode
  /** The number of HTTP requests, including those for a challenge or a token. */
  requests: number
  tookMs: number
}

interface AtlasCallerOptions {
  baseUrl: string
  circuit: Circuit
  mediaType: string
  signer: AtlasSigner
  timeoutMs: number
  clock: Clock
  logger: Logger
  onCall: (end: AtlasCallEnd) => void
  /** Called with the headers of each answer. */
  onAnswer: (method: string, path: string, headers: AnswerHeaders) => void
}

/** One call to Atlas, and the reader of its successful answer. */
interface AtlasCall<T> {
  path: string
  /** Absent where the resource has the usual version. */
  mediaType?: string
  /** Absent in a call that only reads. */
  change?: AtlasChange
  /** Returns null for an unexpected body. For a DELETE only the status counts, so its body is always null. */
  read: (body: unknown, status: number) => T | null
}

/** Makes one call. Throws AppError only. */
export type CallAtlas = <T>(call: AtlasCall<T>) => Promise<T>

/** Thrown when an answer began and then broke off. */
class AnswerCutOff extends Error {
  readonly status: number

  constructor(status: number, cause: unknown) {
    super("the answer was cut off", { cause })
    this.status = status
  }
}

/**
 * Builds the function that makes every call unless the circuit is open, with a deadline, one log line and a problem code for each failure.
 * A read is repeated once when its connection broke before an answer, since Atlas may have closed an idle connection. A change is
 * never repeated once it may have reached Atlas: its outcome is then unknown.
 */
export function createAtlasCaller(options: AtlasCallerOptions): CallAtlas {
  const { circuit, clock, logger, onCall, timeoutMs } = options

  const callNow: CallAtlas = async ({ path, mediaType = options.mediaType, change = null, read }) => {
    const method = change?.method ?? "GET"
    const begun = clock.elapsed()
    const deadline = new AbortController()
    const callOff = clock.after(timeoutMs, () => deadline.abort())
    let requests = 0
    let outcome: AtlasCallEnd["outcome"] = "internal_error"
    const onRequest = () => void (requests += 1)
    try {
      const answer = await askAgainIfBroken(
        () => ask({ ...options, mediaType }, path, change, { signal: deadline.signal, onRequest }),
        change,
        deadline.signal,
      )
      logger.debug({ method, path, status: answer.status, tookMs: clock.elapsed() - begun }, "Atlas answered")
      options.onAnswer(method, path, answer.headers)
      const value = readSuccess(answer, read, change, options)
      outcome = "ok"
      return value
    } catch (error) {
      if (!(error instanceof AppError))
        logger.debug({ method, path, tookMs: clock.elapsed() - begun }, "Atlas did not answer")
      const failure =
        error instanceof AppError ? error : toFailure(error, change, deadline.signal.aborted, options)
      outcome = failure.code
      throw failure
    } finally {
      callOff()
      onCall({ outcome, requests, tookMs: clock.elapsed() - begun })
    }
  }

  return (call) => circuit.run(call.change != null, () => callNow(call))
}

async function askAgainIfBroken(
  askOnce: () => Promise<HttpAnswer>,
  change: AtlasChange | null,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    return await askOnce()
  } catch (error) {
    const harmless = error instanceof SendFailed && (change === null || !error.carriedRequest)
    if (!harmless || signal.aborted || classifyNetworkFailure(error) !== "lost") throw error
    return askOnce()
  }
}

async function ask(
  { baseUrl, signer, mediaType }: AtlasCallerOptions,
  path: string,
  change: AtlasChange | null,
  limits: Pick<AtlasRequest, "signal" | "onRequest">,
): Promise<HttpAnswer> {
  const context = getRequestContext()
  const headers = {
    accept: mediaType,
    ...(context !== null && { traceparent: context.traceparent }),
  }
  const response = await sendSigned(signer, `${baseUrl}${path}`, {
    ...(change !== null && { method: change.method }),
    ...(change?.body === undefined
      ? { headers }
      : { headers: { ...headers, "content-type": mediaType }, body: JSON.stringify(change.body) }),
    ...limits,
  })
  return readAnswer(response).catch((cause: unknown) => {
    throw new AnswerCutOff(response.status, cause)
  })
}

function readSuccess<T>(
  answer: HttpAnswer,
  read: AtlasCall<T>["read"],
  change: AtlasChange | null,
  options: AtlasCallerOptions,
): T {
  const { status, text } = answer
  const readBody = (body: unknown): T => {
    const value = read(body, status)
    if (value === null) throw toUnreadable(status, "The answer is not what was asked for", change !== null)
    return value
  }
  if (status < 200 || status > 299) throw toAtlasError(answer, { change, ...toCircumstances(options) })
  if (change?.method === "DELETE") return readBody(null)
  if (text === null) throw toUnreadable(status, "The answer is too large", change !== null)
  const body = parseAnswer(text)
  if (body === undefined) throw toUnreadable(status, "The answer is not JSON", change !== null)
  return readBody(body)
}

const words = {
  "not-sent": "Atlas could not be reached",
  lost: "The line to Atlas was cut",
  garbled: "What came back is not HTTP",
}

function toFailure(
  error: unknown,
  change: AtlasChange | null,
  late: boolean,
  options: AtlasCallerOptions,
): AppError {
  if (error instanceof NotSigned) return toNotSignedError(error, toCircumstances(options))
  if (error instanceof AnswerCutOff && error.status >= 400) {
    const begun = { status: error.status, headers: new Headers(), text: null }
    return toAtlasError(begun, { change, ...toCircumstances(options) })
  }
  const failure = classifyNetworkFailure(error)
  const code = readFailureCode(error)
  const reason = `${words[failure]}${code === null ? "" : ` (${code})`}`
  const detail = late ? `No answer within ${options.timeoutMs / 1000} s` : reason
  const carried = error instanceof AnswerCutOff || (error instanceof SendFailed && error.carriedRequest)
  if (change !== null && carried && failure !== "not-sent")
    return new AppError("outcome_unknown", { detail, cause: error })
  if (late) return new AppError("atlas_timeout", { detail, cause: error })
  return new AppError(failure === "garbled" ? "atlas_unreadable" : "atlas_unreachable", {
    detail,
    cause: error,
  })
}

function toCircumstances({ clock, signer }: AtlasCallerOptions): Omit<Circumstances, "change"> {
  return { now: clock.now(), keyKind: signer.kind, redact: (words) => signer.redact(words) }
}
