import type { ApiVersion, DatedVersion } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"

/** Returns the media type of a success: v1.0 says plain JSON, v2 repeats its version and a charset. */
export function toContentType(dated: DatedVersion | null): string {
  return dated === null ? "application/json" : `application/vnd.atlas.${dated.date}+json;charset=utf-8`
}

/** Writes the headers by which a deprecated version says when it ends. */
export function toDeprecationHeaders(dated: DatedVersion | null): Record<string, string> {
  const { deprecation, sunset } = dated ?? {}
  return { ...(deprecation && { Deprecation: deprecation }), ...(sunset && { Sunset: sunset }) }
}

/**
 * Chooses the version that the Accept header asks v2 for; null on v1.0, which ignores the header. A date between two
 * versions means the older one, so any date from the first version to today is good. Throws INVALID_VERSION_DATE (406).
 */
export function chooseVersion(
  version: ApiVersion,
  accept: string | undefined,
  nowMs: number,
  versions: readonly DatedVersion[],
): DatedVersion | null {
  if (version === "v1.0") return null
  const date = /application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json\b/.exec(accept ?? "")?.[1] ?? ""
  const at = Date.parse(date)
  const found = versions.findLast((one) => one.date <= date)
  if (Number.isNaN(at) || at > nowMs || found === undefined) throw new AtlasError("INVALID_VERSION_DATE")
  return found
}

/** Throws UNSUPPORTED_MEDIA_TYPE unless a body is JSON, under the plain type or v2's. */
export function checkContentType(version: ApiVersion, contentType: string | undefined): void {
  const type = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? ""
  const isVersioned = version === "v2" && /^application\/vnd\.atlas\.\d{4}-\d{2}-\d{2}\+json$/.test(type)
  if (type !== "application/json" && !isVersioned)
    throw new AtlasError("UNSUPPORTED_MEDIA_TYPE", [contentType ?? "(none)"])
}
