import { personHeader, requestedByHeader, requestedByValue } from "@peering-desk/shared-schemas"
import { isProblem, parseJson, type IsAnswer } from "./answer.ts"
import { RequestError } from "./request-error.ts"
import { noteAnswerTime } from "./simulated-time.ts"
import { getTransport, type TransportAnswer } from "./transport.ts"

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

const acceptHeaders = { accept: "application/json, application/problem+json" }

/** Reads from the BFF. Throws `RequestError`, or the signal's own reason when the caller gave up. */
export function readJson<T>(call: Call<T>): Promise<T> {
  return send(call, { method: "GET", headers: { ...acceptHeaders, ...call.headers } })
}

/** Without its own `Cache-Control`, `fetch` adds `no-cache`, and the server would send all (WHATWG Fetch, HTTP-network-or-cache fetch). */
const toCondition = (etag: string) => ({ "if-none-match": etag, "cache-control": "max-age=0" })

/**
 * Reads something large that seldom changes. While it is as it was, the server sends only that, and the same value comes again. We keep
 * it ourselves: the answers are of one person, so no cache of the browser may hold them.
 */
export async function readAgainJson<T>(call: Call<T>): Promise<T> {
  const { known } = getTransport()
  const before = known.get(call.url)
  const headers = {
    ...acceptHeaders,
    ...call.headers,
    ...(before !== undefined && toCondition(before.etag)),
  }
  const answer = await exchange(call.url, { method: "GET", headers, signal: call.signal ?? null })
  if (answer.status === 304 && before !== undefined && call.isAnswer(before.body)) return before.body
  if (answer.ok && answer.etag !== null) known.set(call.url, { etag: answer.etag, body: answer.body })
  return toAnswer(call, answer)
}

/** Asks the BFF to do something. Throws `RequestError`. */
export function sendJson<T>(
  call: Call<T> & { method: "POST" | "PUT" | "PATCH" | "DELETE"; body?: unknown },
): Promise<T> {
  const { personKey } = getTransport()
  return send(call, {
    method: call.method,
    headers: {
      ...acceptHeaders,
      "content-type": "application/json",
      [requestedByHeader]: requestedByValue,
      ...(personKey !== undefined && { [personHeader]: personKey }),
      ...call.headers,
    },
    body: call.body === undefined ? null : JSON.stringify(call.body),
  })
}

async function send<T>(call: Call<T>, init: Init): Promise<T> {
  const { signal = null, credentials } = call
  return toAnswer(call, await exchange(call.url, { ...init, credentials, signal }))
}

function toAnswer<T>({ isAnswer }: Call<T>, { status, ok, isChange, body }: Exchanged): T {
  if (ok && isAnswer(body)) return body
  if (!ok && isProblem(body)) throw new RequestError({ reason: "refused", problem: body })
  throw new RequestError({ reason: "unreadable", isChange, status })
}

interface Exchanged {
  status: number
  ok: boolean
  isChange: boolean
  etag: string | null
  body: unknown
}

/** The server answers everything within a minute, so that longer means a line that died silently. */
const answersWithinMs = 90_000

/** One request and its whole body; a body that is not JSON reads as undefined. */
async function exchange(url: string, init: Init): Promise<Exchanged> {
  let response: TransportAnswer
  let text: string
  const isChange = init.method !== "GET"
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), answersWithinMs)
  const signal = init.signal ? AbortSignal.any([init.signal, deadline.signal]) : deadline.signal
  try {
    response = await (getTransport().fetch ?? fetch)(url, { ...init, signal })
    noteAnswerTime(response.headers)
    text = await response.text()
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new RequestError({ reason: "unreachable", isChange }, { cause })
  } finally {
    clearTimeout(timer)
  }
  const etag = response.headers.get("etag")
  return { status: response.status, ok: response.ok, isChange, etag, body: parseJson(text) }
}
