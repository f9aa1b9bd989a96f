import type { LimitGroup } from "#resources/endpoint.ts"
import type { RealTime } from "#world/clock.ts"
import { AtlasError } from "#resources/errors.ts"

type Bucket = { capacity: number; refillPerMinute: number }

/** v1.0: requests a minute and project. v2: one bucket for each group of endpoints. */
export type Limits = { v1PerMinute: number; v2: Record<LimitGroup, Bucket>; tokenPerMinute: number }

/**
 * v1.0's documented limit is 100 a minute on "certain resources", without saying which. Peering is not known to be
 * one, so that the default is generous; set `v1PerMinute: 100` to see how a client takes the strict reading.
 */
export const defaultLimits: Limits = {
  v1PerMinute: 6000,
  v2: {
    "network-peering": { capacity: 2000, refillPerMinute: 1000 },
    projects: { capacity: 1200, refillPerMinute: 500 },
    root: { capacity: 300, refillPerMinute: 100 },
  },
  tokenPerMinute: 10,
}

/** Counts requests; all on real time, as a limit protects a real machine. */
export type RateLimiter = {
  /** A fixed window of a minute; throws the 429 of v1.0 and of the token endpoint. */
  takeFromWindow: (key: string, limit: number, resource: string) => void
  /** A token bucket; answers the headers to send, throws the 429 of v2. */
  takeFromBucket: (key: string, bucket: Bucket, path: string) => Record<string, string>
  /** Forgets what was used. */
  clear: () => void
}

/** Creates the limiter. */
export function createRateLimiter(realTime: RealTime): RateLimiter {
  const windows = new Map<string, { minute: number; used: number }>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    takeFromWindow(key, limit, resource) {
      const minute = Math.floor(realTime() / 60_000)
      const window = windows.get(key)
      const used = window?.minute === minute ? window.used : 0
      if (used >= limit) throw new AtlasError("RATE_LIMITED", [resource, limit, 1])
      // Keys hold what callers call themselves; those of past minutes are of no more use.
      if (window === undefined) {
        for (const [other, { minute: past }] of windows) if (past !== minute) windows.delete(other)
      }
      windows.set(key, { minute, used: used + 1 })
    },
    takeFromBucket(key, bucket, path) {
      const now = realTime()
      const last = buckets.get(key) ?? { tokens: bucket.capacity, at: now }
      const perMs = bucket.refillPerMinute / 60_000
      const tokens = Math.min(bucket.capacity, last.tokens + (now - last.at) * perMs)
      if (tokens < 1) {
        const wait = Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))
        throw new AtlasError(
          "RATE_LIMITED_TOKEN_BUCKET",
          [path.replace(/^\//, ""), wait, bucket.capacity, bucket.refillPerMinute, 60],
          {
            "Ratelimit-Limit": String(bucket.capacity),
            "Ratelimit-Remaining": "0",
            "Retry-After": String(wait),
          },
        )
      }
      buckets.set(key, { tokens: tokens - 1, at: now })
      return {
        "Ratelimit-Limit": String(bucket.capacity),
        "Ratelimit-Remaining": String(Math.floor(tokens - 1)),
      }
    },
    clear() {
      windows.clear()
      buckets.clear()
    },
  }
}
