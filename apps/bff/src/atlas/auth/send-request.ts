import { promisify } from "node:util"
import { constants, gunzip } from "node:zlib"
import { Agent, EnvHttpProxyAgent, request as requestOnce, type Dispatcher } from "undici"
import { serverVersion } from "#base/server-version.ts"
import { untilAborted, type Clock } from "#base/clock.ts"
import { readAnswer, type BegunAnswer, type HttpAnswer } from "#atlas/protocol/http-answer.ts"
import { SendFailed, type AtlasRequest, type AtlasSigner } from "./atlas-signer.ts"

const probeTimeoutMs = 4_000
/** Far above any list of Atlas (500 entries), far below what would harm this process. It limits packed and unpacked bytes. */
const bodyLimitBytes = 8 * 1024 * 1024
/** Thrown by undici and by zlib. */
const tooLargeCodes = new Set(["UND_ERR_RES_EXCEEDED_MAX_SIZE", "ERR_BUFFER_TOO_LARGE"])
const agent = createAgent(process.env)
const unpack = promisify(gunzip)

/** Keeps connections to each server. Goes through a forward proxy when Node's own `fetch` does. */
export function createAgent(environment: NodeJS.ProcessEnv): Dispatcher {
  const options = { maxResponseSize: bodyLimitBytes }
  return environment["NODE_USE_ENV_PROXY"] === "1" ? new EnvHttpProxyAgent(options) : new Agent(options)
}

/**
 * Sends one request with a signature and returns the answer with any status. A 401 means that the credential or its rights were refused.
 * Redirects are answers. Throws SendFailed and NotSigned.
 */
export async function sendSigned(
  signer: AtlasSigner,
  url: string | URL,
  request: AtlasRequest,
): Promise<BegunAnswer> {
  const target = new URL(url)
  target.hash = ""
  const { body: _body, ...unsigned } = request
  const send = (authorization: string) =>
    sendRequest(target, { ...request, headers: { ...request.headers, authorization } }, true)
  return await signer.sign({ ...unsigned, target, send })
}

/**
 * Sends one HTTP request unchanged; a redirect is an answer. Throws SendFailed.
 * @param carriedRequest true for the caller's request, false for one that fetches a challenge or a token
 */
export async function sendRequest(
  target: URL,
  { onRequest, signal, method = "GET", headers, body }: AtlasRequest,
  carriedRequest: boolean,
): Promise<BegunAnswer> {
  onRequest?.()
  try {
    const sent = requestOnce(target, {
      dispatcher: agent,
      signal,
      method,
      headers: { "user-agent": `peering-desk/${serverVersion}`, ...headers, "accept-encoding": "gzip" },
      body: body ?? null,
    })
    // undici looks at the signal once it has a connection.
    return toBegun(await untilAborted(sent, signal))
  } catch (cause) {
    throw new SendFailed(carriedRequest, cause)
  }
}

function toBegun({ statusCode, headers, body }: Dispatcher.ResponseData): BegunAnswer {
  return {
    status: statusCode,
    headers: {
      get(name) {
        const value = headers[name]
        return (Array.isArray(value) ? value.join(", ") : value) ?? null
      },
    },
    async text() {
      try {
        return headers["content-encoding"] === "gzip"
          ? await unpackText(await body.arrayBuffer())
          : await body.text()
      } catch (error) {
        if (tooLargeCodes.has((error as NodeJS.ErrnoException).code ?? "")) return null
        throw error
      }
    },
  }
}

async function unpackText(bytes: ArrayBuffer): Promise<string> {
  // Like `fetch`, takes what there is of a file without its end.
  const limits = { maxOutputLength: bodyLimitBytes, finishFlush: constants.Z_SYNC_FLUSH }
  return (await unpack(bytes, limits)).toString()
}

/** Sends a request that is not the caller's, and reads its answer to the end, both within a time. Throws SendFailed. */
export async function askWithin(
  timeoutMs: number,
  clock: Clock,
  target: URL,
  request: Omit<AtlasRequest, "signal">,
): Promise<HttpAnswer> {
  const limit = new AbortController()
  const callOff = clock.after(timeoutMs, () => limit.abort())
  try {
    const begun = await sendRequest(target, { ...request, signal: limit.signal }, false)
    return await readAnswer(begun).catch((cause: unknown) => {
      throw new SendFailed(false, cause)
    })
  } finally {
    callOff()
  }
}

/** Asks without credentials, and returns whether anything but a failure of the server comes back in time. */
export async function isAnswering(target: URL, clock: Clock): Promise<boolean> {
  const asked = askWithin(probeTimeoutMs, clock, target, { headers: { accept: "*/*" } })
  return await asked.then(
    ({ status }) => status < 500,
    () => false,
  )
}
