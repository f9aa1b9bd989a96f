import type { ApiVersion, Endpoint } from "./endpoint.ts"
import { methods } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"

/** Splits a target below `/api/atlas` into version, path and query; an unknown version counts as the older API's. */
export function parseTarget(target: string) {
  const [fullPath = "", ...query] = target.split("?")
  const [, versionText = "", path = ""] = /^\/api\/atlas\/([^/]*)(.*)$/.exec(fullPath) ?? []
  const version: ApiVersion = versionText === "v2" ? "v2" : "v1.0"
  const isKnown = versionText === version
  return { version, isKnown, fullPath, path, query: new URLSearchParams(query.join("?")) }
}

const splitPath = (path: string) => path.split("/").filter((segment) => segment !== "")

function matchPattern(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = splitPath(pattern)
  if (parts.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ""
    if (part.startsWith(":")) params[part.slice(1)] = segment
    else if (part !== segment) return null
  }
  return params
}

function decodeParam(name: string, text: string, fullPath: string): string {
  let value: string
  try {
    value = decodeURIComponent(text)
  } catch {
    throw new AtlasError("PATH_PARAM_PARSE_ERROR", [fullPath])
  }
  if (!name.endsWith("Id")) return value
  if (!/^[0-9a-f]{24}$/i.test(value)) throw new AtlasError("PATH_PARAM_PARSE_ERROR", [fullPath])
  return value.toLowerCase()
}

/**
 * Finds the operation for a method and a path below the version (`/groups/…`). Throws RESOURCE_NOT_FOUND for an
 * unknown path and METHOD_NOT_ALLOWED, with `Allow`, for a known one that does not take the method. `readParams`
 * throws PATH_PARAM_PARSE_ERROR, later than the errors of other checks.
 */
export function findEndpoint(
  endpoints: readonly Endpoint[],
  version: ApiVersion,
  method: string,
  path: string,
  fullPath: string,
): { endpoint: Endpoint; readParams: () => Record<string, string> } {
  const segments = splitPath(path)
  const matches = endpoints.flatMap((endpoint) => {
    const exists = version === "v2" || endpoint.onlyOnV2 !== true
    const params = exists ? matchPattern(endpoint.pattern, segments) : null
    return params === null ? [] : [{ endpoint, params }]
  })
  if (matches.length === 0) throw new AtlasError("RESOURCE_NOT_FOUND", [fullPath])
  const match = matches.find((one) => one.endpoint.method === method)
  if (match === undefined) {
    const allowed = methods.filter((name) => matches.some((one) => one.endpoint.method === name))
    throw new AtlasError("METHOD_NOT_ALLOWED", [], { Allow: allowed.join(", ") })
  }
  const readParams = () =>
    Object.fromEntries(
      Object.entries(match.params).map(([name, text]) => [name, decodeParam(name, text, fullPath)]),
    )
  return { endpoint: match.endpoint, readParams }
}
