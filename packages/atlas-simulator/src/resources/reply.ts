import type { ServerResponse } from "node:http"

import type { ApiVersion, Answer, Endpoint } from "./endpoint.ts"
import { challengeBody, toErrorBody, toWireCode } from "./error-envelope.ts"
import type { AtlasError } from "./errors.ts"
import { isObject, toCompactJson, toPrettyJson } from "./json.ts"
import { toContentType } from "./media-types.ts"
import { queryFlag } from "./paging.ts"

/** What goes over the wire. */
export type Reply = { status: number; headers: Record<string, string>; body: string }

/** Where a connection breaks: in the middle of the answer, or after the work with none of it sent. */
export type ReplyCut = "during" | "after"

const securityHeaders = {
  "Referrer-Policy": "strict-origin-when-cross-origin",
  Server: "mdbws",
  "Strict-Transport-Security": "max-age=31536000; includeSubdomains;",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
}

/** The 401 with its challenge; it lacks the headers that answers from behind the sign-in have. */
export function toChallengeReply(challenge: string): Reply {
  return {
    status: 401,
    headers: {
      "Content-Type": "application/json",
      Server: "mdbws",
      Vary: "Accept-Encoding",
      "WWW-Authenticate": challenge,
    },
    body: challengeBody,
  }
}

/** An error in the envelope; plain `application/json` on both versions. */
export function toErrorReply(error: AtlasError, version: ApiVersion, endpoint: Endpoint | null): Reply {
  return {
    status: error.status,
    headers: {
      "Content-Type": "application/json",
      ...securityHeaders,
      ...(endpoint === null ? {} : { "X-Java-Method": endpoint.javaMethod }),
      ...(version === "v2" ? { "X-Error-Code": toWireCode(error) } : {}),
      ...error.headers,
    },
    body: toErrorBody(error),
  }
}

/** A success, with `pretty` and `envelope` applied. Throws INVALID_QUERY_PARAMETER. */
export function toAnswerReply(
  answer: Answer,
  context: { version: ApiVersion; endpoint: Endpoint; query: URLSearchParams },
): Reply {
  const { version, endpoint, query } = context
  const write = queryFlag(query, "pretty", false) ? toPrettyJson : toCompactJson
  const { body, status } = answer
  const wrapped =
    body === null || !queryFlag(query, "envelope", false)
      ? body
      : endpoint.isList === true && isObject(body)
        ? { ...body, status }
        : { content: body, status }
  return {
    status,
    headers: {
      // Recorded: on v1.0 a 204 has nothing to describe, on v2 it names the type all the same.
      ...(body === null && version === "v1.0" ? {} : { "Content-Type": toContentType(version) }),
      ...securityHeaders,
      "X-Java-Method": endpoint.javaMethod,
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
    // Headers that promise a whole body, and half of it: what a proxy that dies leaves behind.
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy())
    return
  }
  response.end(hasBody ? bytes : undefined)
}
