import type { RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import type { CallDeps } from "./call-deps.ts"

export interface RateLimitCalls {
  /** Reads how many calls a minute Atlas allows for the peerings of a project, in the long run; null where it does not say. */
  readPeeringLimit(projectId: string): Promise<number | null>
}

const Value = z.object({ value: z.number().check(z.positive()) })
/** A token bucket for some endpoints (Atlas: List All Rate Limits). */
const EndpointSet = z.object({
  endpoints: z.array(z.object({ method: z.string(), path: z.string() })),
  refillRate: Value,
  refillDurationSeconds: Value,
})

/** Builds the calls about Atlas's own limits, which only v2 tells. */
export function createRateLimitCalls({ listAll, paths }: CallDeps): RateLimitCalls {
  return {
    async readPeeringLimit(projectId) {
      if (paths.rateLimits === null) return null
      const sets = await listAll(paths.rateLimits, { groupId: projectId }, paths.rateLimitsMediaType)
      return sets.map(readPeersPerMinute).find((perMinute) => perMinute !== null) ?? null
    },
  }
}

function readPeersPerMinute(raw: RawAnswer): number | null {
  const set = EndpointSet.safeParse(raw).data
  const hasPeers = set?.endpoints.some(({ method, path }) => method === "GET" && path.endsWith("/peers"))
  if (set === undefined || hasPeers !== true) return null
  return (set.refillRate.value * 60) / set.refillDurationSeconds.value
}
