import { STATUS_CODES } from "node:http"

import type { ApiVersion } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import type { Fault } from "./faults.ts"
import { toCompactJson } from "#resources/json.ts"
import type { Json } from "#resources/json.ts"
import type { Reply } from "#resources/reply.ts"
import { toErrorReply } from "#resources/reply.ts"

const usualErrors: Record<number, (path: string) => AtlasError> = {
  402: () => new AtlasError("NO_PAYMENT_INFORMATION_FOUND", ["000000000000000000000000"]),
  403: () => new AtlasError("IP_ADDRESS_NOT_ON_ACCESS_LIST", ["127.0.0.1"]),
  404: (path) => new AtlasError("RESOURCE_NOT_FOUND", [path]),
  500: () => new AtlasError("UNEXPECTED_ERROR"),
}

function toRateLimited(version: ApiVersion, path: string, retryAfter: number | undefined): Reply {
  const error =
    version === "v1.0"
      ? new AtlasError("RATE_LIMITED", [path, 100, 1])
      : new AtlasError("RATE_LIMITED_TOKEN_BUCKET", [
          path.replace(/^\//, ""),
          retryAfter ?? 1,
          2000,
          1000,
          60,
        ])
  const reply = toErrorReply(error, version, null)
  const remaining: Record<string, string> =
    version === "v2" ? { "Ratelimit-Limit": "2000", "Ratelimit-Remaining": "0" } : {}
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...remaining,
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
    },
  }
}

function toGiven(status: number, fault: Fault): Reply {
  const text = typeof fault.body === "string" ? fault.body : null
  const guessed =
    text === null ? "application/json" : text.trimStart().startsWith("<") ? "text/html" : "text/plain"
  return {
    status,
    headers: {
      "Content-Type": fault.contentType ?? guessed,
      ...(fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) }),
    },
    body: text ?? JSON.stringify(fault.body),
  }
}

/** What a fault answers instead of the API, or null when it leaves the answer alone. A 401 is the caller's to make. */
export function toFaultReply(fault: Fault, version: ApiVersion, path: string): Reply | null {
  const status = fault.status ?? (fault.retryAfter === undefined ? null : 429)
  if (status === null) return null
  if (fault.body !== undefined) return toGiven(status, fault)
  if (status === 429) return toRateLimited(version, path, fault.retryAfter)
  const usual = usualErrors[status]
  if (usual !== undefined) return toErrorReply(usual(path), version, null)
  const reason = STATUS_CODES[status] ?? "Unknown"
  if (status >= 502 && status <= 504) {
    // What stands in front of the service answers these, and it speaks HTML.
    return toGiven(status, {
      ...fault,
      body: `<html><head><title>${status} ${reason}</title></head><body>${reason}</body></html>`,
    })
  }
  const body: Json =
    status < 400
      ? {}
      : { detail: "Unexpected error.", error: status, errorCode: "UNEXPECTED_ERROR", parameters: [], reason }
  return { status, headers: { "Content-Type": "application/json" }, body: toCompactJson(body) }
}
