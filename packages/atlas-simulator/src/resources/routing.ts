import type { ApiVersion, Endpoint } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"

const methods = ["GET", "POST", "PATCH", "DELETE"] as const

/** Splits a target below `/api/atlas` into version, path and query; an unknown version counts as the older API's. */
export function parseTarget(target: string) {
  const [fullPath = "", ...query] = target.split("?")
  const [, versionText = "", path = ""] = /^\/api\/atlas\/([^/]*)(.*)$/.exec(fullPath) ?? []
  const version: ApiVersion = versionText === "v2" ? "v2" : "v1.0"
  const isKnown = versionText === "v2" || versionText === "v1.0"
  return { version, isKnown, fullPath, path, query: new URLSearchParams(query.join("?")) }
}

type Match = { endpoint: Endpoint; params: Record<string, string> }

function matchPattern(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = pattern.split("/").filter((part) => part !== "")
  if (parts.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ""
    if (part.startsWith(":")) params[part.slice(1)] = segment
    else if (part !== segment) return null
  }
  return params
}

function readParams(raw: Readonly<Record<string, string>>, fullPath: string): Record<string, string> {
  const params: Record<string, string> = {}
  for (const [name, text] of Object.entries(raw)) {
    let value: string
    try {
      value = decodeURIComponent(text)
    } catch {
      throw new AtlasError("PATH_PARAM_PARSE_ERROR", [fullPath])
    }
    if (name.endsWith("Id") && !/^[0-9a-f]{24}$/i.test(value)) {
      throw new AtlasError("PATH_PARAM_PARSE_ERROR", [fullPath])
    }
    params[name] = name.endsWith("Id") ? value.toLowerCase() : value
  }
  return params
}

/**
 * Finds the operation for a method and a path below the version (`/groups/…`). Throws RESOURCE_NOT_FOUND for an
 * unknown path and METHOD_NOT_ALLOWED, with `Allow`, for a known one that does not take the method. The parameters
 * come unread, as they are only looked at once the operation is known.
 */
export function findEndpoint(
  endpoints: readonly Endpoint[],
  method: string,
  path: string,
  fullPath: string,
): { endpoint: Endpoint; readParams: () => Record<string, string> } {
  const segments = path.split("/").filter((segment) => segment !== "")
  const matches = endpoints.flatMap((endpoint): Match[] => {
    const params = matchPattern(endpoint.pattern, segments)
    return params === null ? [] : [{ endpoint, params }]
  })
  if (matches.length === 0) throw new AtlasError("RESOURCE_NOT_FOUND", [fullPath])
  const match = matches.find((one) => one.endpoint.method === method)
  if (match === undefined) {
    const allowed = methods.filter((name) => matches.some((one) => one.endpoint.method === name))
    throw new AtlasError("METHOD_NOT_ALLOWED", [], { Allow: allowed.join(", ") })
  }
  return { endpoint: match.endpoint, readParams: () => readParams(match.params, fullPath) }
}
