import { createHash, randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { listen } from "@peering-desk/test-support/listen"

/** One request as it came in. `verdict` says what the digest check made of it. */
export interface SeenRequest {
  method: string
  url: string
  headers: IncomingMessage["headers"]
  body: string
  verdict: "unsigned" | "accepted" | "stale" | "replayed" | "wrong"
}

export type Handler = (request: SeenRequest, response: ServerResponse) => void

interface DigestServerOptions {
  now?: () => number
  /** The number of times that a nonce may be used. */
  usesPerNonce?: number
  /** Every scheme and algorithm offered, as a challenge without its nonce; one header each. */
  offers?: string[]
  /** The length of the refusal text. */
  refusalLength?: number
  /** Answers what the digest check accepted; an empty object by default. */
  handle?: Handler
  /** Sees every request before the digest check; true when it has answered. */
  intercept?: (request: SeenRequest, response: ServerResponse) => boolean
}

export const testingKey = { publicKey: "ewmaqvde", privateKey: "8e65e1a1-46f4-4e44-9b2d-3c1b1d5a0f77" }

const realm = "MMS Public API"
export const atlasOffer = `Digest realm="${realm}", domain="", nonce="NONCE", algorithm=MD5, qop="auth", stale=STALE`

/**
 * A server with a digest check as strict as Jetty's: a nonce lives 60 s, each count is good once, is hexadecimal and below 1024.
 * Refusals are written as Atlas writes them.
 */
export async function startDigestServer(options: DigestServerOptions = {}) {
  const { now = Date.now, usesPerNonce = 1023, offers = [atlasOffer], refusalLength = 0 } = options
  const { handle, intercept } = options
  const nonces = new Map<string, { made: number; counts: Set<number> }>()
  const requests: SeenRequest[] = []
  let sockets = 0

  const check = (header: string | undefined, request: SeenRequest): SeenRequest["verdict"] => {
    if (header === undefined) return "unsigned"
    const given = readCredentials(header)
    const known = nonces.get(given["nonce"] ?? "")
    const count = parseInt(given["nc"] ?? "", 16)
    if (known === undefined || now() - known.made > 60_000 || count > usesPerNonce) return "stale"
    if (!isRight(given, request)) return "wrong"
    if (!/^[0-9a-f]{8}$/.test(given["nc"] ?? "") || !(count >= 1) || known.counts.has(count))
      return "replayed"
    known.counts.add(count)
    return "accepted"
  }

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on("error", () => undefined)
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming
      const request: SeenRequest = {
        method,
        url,
        headers,
        body: Buffer.concat(chunks).toString(),
        verdict: "unsigned",
      }
      request.verdict = check(headers.authorization, request)
      requests.push(request)
      if (intercept?.(request, response) === true) return
      if (request.verdict === "accepted") {
        if (handle === undefined) respondJson(response, 200, {})
        else handle(request, response)
        return
      }
      const nonce = randomBytes(24).toString("base64")
      nonces.set(nonce, { made: now(), counts: new Set() })
      const challenges = offers.map((offer) =>
        offer.replace("NONCE", nonce).replace("STALE", String(request.verdict === "stale")),
      )
      response.setHeader("www-authenticate", challenges)
      respondJson(response, 401, {
        error: 401,
        reason: "Unauthorized",
        detail: "You are not authorized for this resource.".padEnd(refusalLength),
        errorCode: "UNEXPECTED_ERROR",
      })
    })
  })
  server.on("connection", () => (sockets += 1))
  const { origin, close } = await listen(server)
  return {
    origin,
    requests,
    count: (verdict: SeenRequest["verdict"]) => requests.filter((seen) => seen.verdict === verdict).length,
    connections: () => sockets,
    /** Forgets every nonce, as after a restart. */
    forgetNonces: () => nonces.clear(),
    close,
  }
}

export type DigestServer = Awaited<ReturnType<typeof startDigestServer>>

export function respondJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

/** Sends the head and the beginning of an answer, and then closes the connection. */
export function respondCutOff(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 100 }).write('{"id":', () => response.socket?.end())
}

/** An error as Atlas words it. */
export function respondError(
  response: ServerResponse,
  status: number,
  errorCode: string,
  detail = "",
  parameters: unknown[] = [],
) {
  respondJson(response, status, { detail, error: status, errorCode, parameters, reason: "" })
}

/** The parameters of an `Authorization: Digest` header. */
export function readCredentials(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^,\s]*))/g)]
  return Object.fromEntries(pairs.map(([, name = "", quoted, plain = ""]) => [name, quoted ?? plain]))
}

const hashes: Record<string, string> = { MD5: "md5", "SHA-256": "sha256", "SHA-512-256": "sha512-256" }

function isRight(given: Record<string, string>, { method, url }: SeenRequest): boolean {
  const algorithm = given["algorithm"] ?? "MD5"
  const hash = (text: string) =>
    createHash(hashes[algorithm.replace("-sess", "")] ?? "md5")
      .update(text)
      .digest("hex")
  const { nonce = "", nc = "", cnonce = "", qop = "" } = given
  const plain = hash(`${testingKey.publicKey}:${realm}:${testingKey.privateKey}`)
  const key = algorithm.endsWith("-sess") ? hash(`${plain}:${nonce}:${cnonce}`) : plain
  const expected = hash(`${key}:${nonce}:${nc}:${cnonce}:${qop}:${hash(`${method}:${url}`)}`)
  return given["uri"] === url && given["username"] === testingKey.publicKey && given["response"] === expected
}
