import { STATUS_CODES, type ServerResponse } from "node:http"
import type { ApiVersion, Answer, DatedVersion, Endpoint } from "./endpoint.ts"
import type { AtlasError } from "./errors.ts"
import { isObject, toCompactJson, toPrettyJson } from "./json.ts"
import { toContentType, toDeprecationHeaders } from "./media-types.ts"
import { queryFlag } from "./paging.ts"

/** An HTTP response before it is sent. */
export type Reply = { status: number; headers: Record<string, string>; body: string }

/** The point where a connection breaks: in the middle of the answer, or before any of it. */
export type ReplyCut = "during" | "after"

const securityHeaders = {
  "Referrer-Policy": "strict-origin-when-cross-origin",
  Server: "mdbws",
  "Strict-Transport-Security": "max-age=31536000; includeSubdomains;",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
}

/** In recordings only v2's answers pass the proxy that adds its time in milliseconds. */
function toProxyHeaders(version: ApiVersion): Record<string, string> {
  return version === "v2" ? { "X-Envoy-Upstream-Service-Time": "24" } : {}
}

/** Names the software behind the sign-in, as recorded answers do. */
function toServiceHeaders(version: ApiVersion, endpoint: Endpoint): Record<string, string> {
  return {
    "X-Java-Method": endpoint.javaMethod,
    "X-Java-Version": "17.0.19+10-LTS",
    "X-Mongodb-Service-Version": "gitHash=5117a70000000000000000000000000000000000; versionString=master",
    ...toProxyHeaders(version),
  }
}

// Recorded: pretty-printed, in this order, and without `parameters`.
const challengeBody = `{
  "error" : 401,
  "reason" : "Unauthorized",
  "detail" : "You are not authorized for this resource.",
  "errorCode" : "UNEXPECTED_ERROR"
}`

/** Builds the 401 with its challenge; it lacks the headers that answers from behind the sign-in have. */
export function toChallengeReply(challenge: string, version: ApiVersion): Reply {
  return {
    status: 401,
    headers: {
      "Content-Type": "application/json",
      Server: "mdbws",
      Vary: "Accept-Encoding",
      "WWW-Authenticate": challenge,
      ...toProxyHeaders(version),
    },
    body: challengeBody,
  }
}

/** Builds an error in the envelope, always compact and plain `application/json`. */
export function toErrorReply(error: AtlasError, version: ApiVersion, endpoint: Endpoint | null): Reply {
  const { status, message: detail, parameters } = error
  // The live service names what its routing refuses UNEXPECTED_ERROR, as it does a 401.
  const errorCode = error.code === "METHOD_NOT_ALLOWED" ? "UNEXPECTED_ERROR" : error.code
  const reason = STATUS_CODES[status] ?? "Unknown"
  return {
    status,
    headers: {
      "Content-Type": "application/json",
      ...securityHeaders,
      ...(endpoint === null ? {} : toServiceHeaders(version, endpoint)),
      ...(version === "v2" ? { "X-Error-Code": errorCode } : {}),
      ...error.headers,
    },
    body: toCompactJson({ detail, error: status, errorCode, parameters, reason }),
  }
}

/** Builds a success, with `pretty` and `envelope` applied. Throws INVALID_QUERY_PARAMETER. */
export function toAnswerReply(
  answer: Answer,
  context: { dated: DatedVersion | null; endpoint: Endpoint; query: URLSearchParams },
): Reply {
  const { dated, endpoint, query } = context
  const write = queryFlag(query, "pretty", false) ? toPrettyJson : toCompactJson
  const { body, status } = answer
  let wrapped = body
  if (body !== null && queryFlag(query, "envelope", false)) {
    const isList = isObject(body) && "results" in body
    wrapped = isList ? { ...body, status } : { content: body, status }
  }
  return {
    status,
    headers: {
      // Recorded: a 204 has no media type on v1.0, and has one on v2.
      ...(body === null && dated === null ? {} : { "Content-Type": toContentType(dated) }),
      ...securityHeaders,
      ...toDeprecationHeaders(dated),
      ...toServiceHeaders(dated === null ? "v1.0" : "v2", endpoint),
      ...answer.headers,
    },
    body: wrapped === null ? "" : write(wrapped),
  }
}

/** Sends a reply, or as much of it as the cut lets through. */
export function sendReply(response: ServerResponse, reply: Reply, cut: ReplyCut | null): void {
  if (cut === "after") {
    response.socket?.destroy()
    return
  }
  const bytes = Buffer.from(reply.body)
  const hasBody = reply.status !== 204 && reply.status !== 304
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(hasBody ? { "Content-Length": String(bytes.length) } : {}),
  })
  if (cut === "during") {
    // Headers that promise a whole body, and half of it: like a proxy that dies.
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy())
    return
  }
  response.end(hasBody ? bytes : undefined)
}
