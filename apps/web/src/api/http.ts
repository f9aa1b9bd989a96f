import { requestedByHeader, requestedByValue } from "@peering-desk/shared-schemas"
import { isProblem, type IsAnswer } from "./answer.ts"
import { RequestError } from "./request-error.ts"
import { noteAnswerTime } from "./simulated-time.ts"

interface Call<T> {
  url: string
  /** Knows a good answer. */
  isAnswer: IsAnswer<T>
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
  /** `omit` where the cookie is nobody's business. */
  credentials?: RequestCredentials
}

interface Init {
  method: string
  headers?: Record<string, string> | undefined
  credentials?: RequestCredentials | undefined
  body?: string | null
  signal?: AbortSignal | null
}

/** Reads from the BFF. Throws `RequestError`, or the signal's own reason when the caller gave up. */
export function readJson<T>(call: Call<T>): Promise<T> {
  return send(call, { method: "GET", headers: call.headers })
}

/** Asks the BFF to do something. Throws `RequestError`. */
export function sendJson<T>(
  call: Call<T> & { method: "POST" | "PUT" | "PATCH" | "DELETE"; body?: unknown },
): Promise<T> {
  return send(call, {
    method: call.method,
    headers: { "content-type": "application/json", [requestedByHeader]: requestedByValue, ...call.headers },
    body: call.body === undefined ? null : JSON.stringify(call.body),
  })
}

async function send<T>({ url, isAnswer, signal, credentials }: Call<T>, init: Init): Promise<T> {
  const { status, ok, body } = await exchange(url, { ...init, credentials, signal: signal ?? null })
  if (ok && isAnswer(body)) return body
  if (!ok && isProblem(body)) throw new RequestError({ reason: "refused", problem: body })
  throw new RequestError({ reason: "unreadable", status })
}

/** One request and its whole body; a body that is not JSON reads as undefined. */
async function exchange(url: string, init: Init) {
  let response: Response
  let text: string
  try {
    response = await fetch(url, {
      ...init,
      headers: { accept: "application/json, application/problem+json", ...init.headers },
    })
    noteAnswerTime(response.headers)
    text = await response.text()
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new RequestError({ reason: "unreachable" }, { cause })
  }
  return { status: response.status, ok: response.ok, body: parseJson(text) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
