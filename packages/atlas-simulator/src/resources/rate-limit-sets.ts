import type { Answer, Call, Endpoint, Simulation } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import type { Json } from "./json.ts"
import { limitSets, type Bucket, type LimitSetId } from "./limit-sets.ts"
import { toPage } from "./paging.ts"

/** Writes a pattern as the documentation does: `/api/atlas/v2/groups/{groupId}/peers`. */
const toPath = (pattern: string) => `/api/atlas/v2/${pattern.replace(/:(\w+)/g, "{$1}")}`.replace(/\/$/, "")

/** Creates the endpoints that describe the rate limits of v2 for the given endpoints and for themselves. */
export function createRateLimitEndpoints(
  simulation: Simulation,
  others: readonly Endpoint[],
  buckets: Record<LimitSetId, Bucket>,
): Endpoint[] {
  function toJson(id: LimitSetId): Json {
    const { name, scope } = limitSets[id]
    const { capacity, refillPerMinute } = buckets[id]
    return {
      endpointSetId: id,
      endpointSetName: name,
      scope,
      endpoints: [...others, ...own]
        .filter(({ limit }) => limit === id)
        .map(({ method, pattern }) => ({ method, path: toPath(pattern) })),
      capacity: { value: capacity },
      refillRate: { value: refillPerMinute },
      refillDurationSeconds: { value: 60 },
    }
  }
  const ids = Object.keys(limitSets) as LimitSetId[]

  /** The limits of one project are those of all; only its existence is checked. */
  function list(call: Call): Answer {
    const groupId = call.query.get("groupId")
    if (groupId !== null && !simulation.world().projects.some(({ id }) => id === groupId))
      throw new AtlasError("GROUP_NOT_FOUND", [groupId])
    return { status: 200, body: toPage(call, ids, toJson) }
  }

  function showOne(call: Call): Answer {
    const id = ids.find((one) => one === call.params["endpointSet"])
    if (id === undefined) throw new AtlasError("RESOURCE_NOT_FOUND", [`/api/atlas/v2${call.path}`])
    return { status: 200, body: toJson(id) }
  }

  const common = {
    scope: "key",
    method: "GET",
    limit: "rate-limits-inspection",
    onlyOnV2: true,
    versions: [{ date: "2025-03-12" }],
  } as const
  const resource = "ApiAtlasRateLimitsResource"
  const own: Endpoint[] = [
    { ...common, pattern: "rateLimits", javaMethod: `${resource}::getAll`, handle: list },
    { ...common, pattern: "rateLimits/:endpointSet", javaMethod: `${resource}::getOne`, handle: showOne },
  ]
  return own
}
