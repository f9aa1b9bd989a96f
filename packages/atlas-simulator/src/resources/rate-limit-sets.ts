import type { Answer, Call, Endpoint, Simulation } from "./endpoint.ts"
import { buildKeyEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import type { Json } from "./json.ts"
import { limitSets, type Bucket, type LimitSetId } from "./limit-sets.ts"
import { toPage } from "./paging.ts"

/** Writes a pattern as the documentation does: `/api/atlas/v2/groups/{groupId}/peers`. */
const toPath = (pattern: string) => `/api/atlas/v2/${pattern.replace(/:(\w+)/g, "{$1}")}`.replace(/\/$/, "")

/** A parameter that names a project, and so on, leaves out the sets of other scopes. */
const scopesByParameter: readonly (readonly [string, string])[] = [
  ["groupId", "GROUP"],
  ["orgId", "ORGANIZATION"],
  ["userId", "USER"],
  ["ipAddress", "IP"],
]

/** Writes an id like the documented one, `rateLimitsInspection_group`. */
function toEndpointSetId(id: LimitSetId): string {
  const { name, scope } = limitSets[id]
  const [first = "", ...rest] = name.split(" ")
  return `${first.toLowerCase()}${rest.join("")}_${scope.toLowerCase()}`
}

/** Creates the endpoints that describe the rate limits of v2 for the given endpoints and for themselves. */
export function createRateLimitEndpoints(
  simulation: Simulation,
  others: readonly Endpoint[],
  buckets: Record<LimitSetId, Bucket>,
): Endpoint[] {
  const toEndpoints = (id: LimitSetId) =>
    [...others, ...own]
      .filter(({ limit }) => limit === id)
      .map(({ method, pattern }) => ({ method, path: toPath(pattern) }))

  function toJson(id: LimitSetId): Json {
    const { name, scope } = limitSets[id]
    const { capacity, refillPerMinute } = buckets[id]
    return {
      endpointSetId: toEndpointSetId(id),
      endpointSetName: name,
      scope,
      endpoints: toEndpoints(id),
      capacity: { value: capacity },
      refillRate: { value: refillPerMinute },
      refillDurationSeconds: { value: 60 },
    }
  }
  const ids = Object.keys(limitSets) as LimitSetId[]

  /** The limits of one project, user or address are those of all; only a project's existence is checked. */
  function list(call: Call): Answer {
    const groupId = call.query.get("groupId")
    if (groupId !== null && !simulation.world().projects.some(({ id }) => id === groupId))
      throw new AtlasError("GROUP_NOT_FOUND", [groupId])
    const wanted = scopesByParameter.flatMap(([parameter, scope]) =>
      call.query.has(parameter) ? [scope] : [],
    )
    const [names, paths] = [call.query.getAll("name"), call.query.getAll("endpointPath")]
    const listed = ids.filter((id) => {
      const { name, scope } = limitSets[id]
      return (
        wanted.every((one) => one === scope) &&
        (names.length === 0 || names.includes(name)) &&
        (paths.length === 0 || toEndpoints(id).some(({ path }) => paths.includes(path)))
      )
    })
    return { status: 200, body: toPage(call, listed, toJson) }
  }

  function showOne(call: Call): Answer {
    const id = ids.find((one) => toEndpointSetId(one) === call.params["endpointSet"])
    if (id === undefined) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${call.path}`])
    return { status: 200, body: toJson(id) }
  }

  const own = buildKeyEndpoints(
    {
      javaResource: "ApiAtlasRateLimitsResource",
      limit: "rate-limits-inspection",
      onlyOnV2: true,
      versions: [{ date: "2025-03-12" }],
    },
    [
      ["GET", "rateLimits", "getAll", list],
      ["GET", "rateLimits/:endpointSet", "getOne", showOne],
    ],
  )
  return own
}
