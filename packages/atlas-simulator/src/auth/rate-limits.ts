import { AtlasError } from "#resources/errors.ts"
import type { Bucket, LimitSetId } from "#resources/limit-sets.ts"
import type { RealTime } from "#world/clock.ts"

/** v1.0: requests a minute and project. v2: one bucket for each set of endpoints. */
export type Limits = { v1PerMinute: number; v2: Record<LimitSetId, Bucket>; tokenPerMinute: number }

/**
 * The default limits. v1.0 documents 100 a minute on "certain resources" without naming them. Peering is not known to
 * be one, so the default is generous; `v1PerMinute: 100` shows how a client takes the strict reading.
 */
export const defaultLimits: Limits = {
  v1PerMinute: 6000,
  v2: {
    "network-peering": { capacity: 2000, refillPerMinute: 1000 },
    "aws-clusters-dns": { capacity: 1200, refillPerMinute: 500 },
    clusters: { capacity: 10_000, refillPerMinute: 5000 },
    "project-ip-access-list": { capacity: 1200, refillPerMinute: 500 },
    // A recorded answer says 2,500.
    events: { capacity: 2500, refillPerMinute: 1000 },
    projects: { capacity: 1200, refillPerMinute: 500 },
    "projects-of-user": { capacity: 1200, refillPerMinute: 500 },
    "service-accounts": { capacity: 300, refillPerMinute: 100 },
    "service-accounts-of-project": { capacity: 300, refillPerMinute: 100 },
    "resource-policies": { capacity: 300, refillPerMinute: 100 },
    root: { capacity: 300, refillPerMinute: 100 },
    "rate-limits-inspection": { capacity: 300, refillPerMinute: 100 },
  },
  tokenPerMinute: 10,
}

/** Counts requests on real time, as a limit protects a real machine. */
export type RateLimiter = {
  /** Counts in a fixed window of a minute; throws the 429 of v1.0 and of the token endpoint. */
  takeFromWindow: (key: string, limit: number, resource: string) => void
  /** Takes from a token bucket and returns the headers to send; throws the 429 of v2. */
  takeFromBucket: (key: string, bucket: Bucket, path: string) => Record<string, string>
  clear: () => void
}

/** Creates a limiter. */
export function createRateLimiter(realTime: RealTime): RateLimiter {
  const windows = new Map<string, { minute: number; used: number }>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    takeFromWindow(key, limit, resource) {
      const minute = Math.floor(realTime() / 60_000)
      const window = windows.get(key)
      const used = window?.minute === minute ? window.used : 0
      if (used >= limit) throw new AtlasError("RATE_LIMITED", [resource, limit, 1])
      // Callers choose part of the key, so windows of past minutes must not pile up.
      if (window === undefined) {
        for (const [other, { minute: past }] of windows) if (past !== minute) windows.delete(other)
      }
      windows.set(key, { minute, used: used + 1 })
    },
    takeFromBucket(key, { capacity, refillPerMinute }, path) {
      const now = realTime()
      const last = buckets.get(key) ?? { tokens: capacity, at: now }
      const perMs = refillPerMinute / 60_000
      const tokens = Math.min(capacity, last.tokens + (now - last.at) * perMs)
      const toHeaders = (remaining: number) => ({
        "Ratelimit-Limit": String(capacity),
        "Ratelimit-Remaining": String(remaining),
      })
      if (tokens < 1) {
        const wait = Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))
        const parameters = [path.replace(/^\//, ""), wait, capacity, refillPerMinute, 60]
        const headers = { ...toHeaders(0), "Retry-After": String(wait) }
        throw new AtlasError("RATE_LIMITED_TOKEN_BUCKET", parameters, headers)
      }
      buckets.set(key, { tokens: tokens - 1, at: now })
      return toHeaders(Math.floor(tokens - 1))
    },
    clear() {
      windows.clear()
      buckets.clear()
    },
  }
}
