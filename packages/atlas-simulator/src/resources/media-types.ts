import type { ApiVersion } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"

const firstVersion = "2023-01-01"

/** Returns the media type of a success: v1.0 says plain JSON, v2 repeats its version and a charset. */
export function toContentType(version: ApiVersion): string {
  return version === "v1.0" ? "application/json" : `application/vnd.atlas.${firstVersion}+json;charset=utf-8`
}

/**
 * Throws INVALID_VERSION_DATE (406) unless the Accept header asks v2 for a version it has. A date between two versions
 * means the older one, so any date from the first version to today is good. v1.0 ignores the header.
 */
export function checkAccept(version: ApiVersion, accept: string | undefined, nowMs: number): void {
  if (version === "v1.0") return
  const date = /application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json\b/.exec(accept ?? "")?.[1] ?? ""
  const at = Date.parse(date)
  if (Number.isNaN(at) || date < firstVersion || at > nowMs) throw new AtlasError("INVALID_VERSION_DATE")
}

/** Throws UNSUPPORTED_MEDIA_TYPE unless a body is JSON, under the plain type or v2's. */
export function checkContentType(version: ApiVersion, contentType: string | undefined): void {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  const isVersioned = version === "v2" && /^application\/vnd\.atlas\.\d{4}-\d{2}-\d{2}\+json$/.test(type)
  if (type !== "application/json" && !isVersioned)
    throw new AtlasError("UNSUPPORTED_MEDIA_TYPE", [contentType ?? "(none)"])
}
