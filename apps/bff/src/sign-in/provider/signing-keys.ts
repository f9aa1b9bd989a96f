import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose"
import type { Clock } from "#base/clock.ts"

const minuteMs = 60_000
const readingsPerMinute = 6

/**
 * Finds the provider's public keys. A key id that is unknown makes it read them again at once, since the provider may have just
 * rotated them; at most six times a minute, since anybody may invent key ids.
 */
export function createKeyFinder(jwksUri: string, clock: Clock, timeoutMs: number): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: timeoutMs,
    cooldownDuration: Infinity,
  })
  let readings: number[] = []

  function mayReadAgain(): boolean {
    const now = clock.elapsed()
    readings = readings.filter((at) => now - at < minuteMs)
    if (readings.length >= readingsPerMinute) return false
    readings.push(now)
    return true
  }

  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayReadAgain()) throw error
      await keys.reload()
      return await keys(header, token)
    }
  }
}
