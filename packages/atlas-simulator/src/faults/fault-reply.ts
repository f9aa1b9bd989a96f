import { STATUS_CODES } from "node:http"
import type { ApiVersion } from "#resources/endpoint.ts"
import { AtlasError } from "#resources/errors.ts"
import { toCompactJson } from "#resources/json.ts"
import { toErrorReply, type Reply } from "#resources/reply.ts"
import type { Fault } from "./faults.ts"

const usualErrors: Record<number, (path: string) => AtlasError> = {
  402: () => new AtlasError("NO_PAYMENT_INFORMATION_FOUND", ["000000000000000000000000"]),
  403: () => new AtlasError("IP_ADDRESS_NOT_ON_ACCESS_LIST", ["127.0.0.1"]),
  404: (path) => new AtlasError("RESOURCE_NOT_FOUND", [path]),
  500: () => new AtlasError("UNEXPECTED_ERROR"),
}

const toRetryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { "Retry-After": String(seconds) }

function toRateLimited(version: ApiVersion, path: string, retryAfter: number | undefined): Reply {
  const headers = toRetryAfter(retryAfter)
  if (version === "v1.0")
    return toErrorReply(new AtlasError("RATE_LIMITED", [path, 100, 1], headers), version, null)
  const parameters = [path.replace(/^\//, ""), retryAfter ?? 1, 2000, 1000, 60]
  const bucket = { "Ratelimit-Limit": "2000", "Ratelimit-Remaining": "0" }
  return toErrorReply(
    new AtlasError("RATE_LIMITED_TOKEN_BUCKET", parameters, { ...bucket, ...headers }),
    version,
    null,
  )
}

function toBodyReply(status: number, body: unknown, fault: Fault): Reply {
  const isText = typeof body === "string"
  const guessed = !isText ? "application/json" : body.trimStart().startsWith("<") ? "text/html" : "text/plain"
  return {
    status,
    headers: { "Content-Type": fault.contentType ?? guessed, ...toRetryAfter(fault.retryAfter) },
    body: isText ? body : JSON.stringify(body),
  }
}

/** Builds what a fault answers instead of the API, or null when it leaves the answer alone. The caller makes a 401. */
export function toFaultReply(fault: Fault, version: ApiVersion, path: string): Reply | null {
  const status = fault.status ?? (fault.retryAfter === undefined ? null : 429)
  if (status === null) return null
  if (fault.body !== undefined) return toBodyReply(status, fault.body, fault)
  if (status === 429) return toRateLimited(version, path, fault.retryAfter)
  const usual = usualErrors[status]
  if (usual !== undefined) return toErrorReply(usual(path), version, null)
  const reason = STATUS_CODES[status] ?? "Unknown"
  if ([502, 503, 504].includes(status)) {
    // The proxies in front of the service answer these, in HTML.
    const html = `<html><head><title>${status} ${reason}</title></head><body>${reason}</body></html>`
    return toBodyReply(status, html, fault)
  }
  const detail = "Unexpected error."
  const error = { detail, error: status, errorCode: "UNEXPECTED_ERROR", parameters: [], reason }
  return {
    status,
    headers: { "Content-Type": "application/json" },
    body: toCompactJson(status < 400 ? {} : error),
  }
}
