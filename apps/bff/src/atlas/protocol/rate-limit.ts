import type { AnswerHeaders } from "./http-answer.ts"

/** The calls that are left of a limit. */
interface RateLimit {
  remaining: number
  limit: number
}

/**
 * Reads the rate limit of an answer: `RateLimit-Limit` and `RateLimit-Remaining`, or the newer `RateLimit` with `RateLimit-Policy`
 * (IETF draft, RateLimit header fields for HTTP), of several policies the one with the smallest part left. Null without one.
 */
export function readRateLimit(headers: AnswerHeaders): RateLimit | null {
  const found = [
    toLimit(headers.get("ratelimit-remaining"), headers.get("ratelimit-limit")),
    ...readPolicies(headers.get("ratelimit") ?? "", headers.get("ratelimit-policy") ?? ""),
  ].filter((one) => one !== null)
  return found.toSorted((a, b) => a.remaining / a.limit - b.remaining / b.limit)[0] ?? null
}

function readPolicies(rateLimit: string, policy: string): (RateLimit | null)[] {
  const older = toLimit(readParameter(rateLimit, "remaining"), readParameter(rateLimit, "limit"))
  const quotas = new Map(policy.split(",").map((one) => [toName(one), readParameter(one, "q")]))
  return [
    older,
    ...rateLimit.split(",").map((one) => toLimit(readParameter(one, "r"), quotas.get(toName(one)) ?? null)),
  ]
}

const toName = (item: string) => item.split(";", 1)[0]?.trim()

function readParameter(text: string, name: string): string | null {
  return new RegExp(`(?:^|[;,\\s])${name}=(\\d{1,9})(?=$|[;,\\s])`).exec(text)?.[1] ?? null
}

function toLimit(remaining: string | null, limit: string | null): RateLimit | null {
  const [left, most] = [readCount(remaining), readCount(limit)]
  return left === null || most === null || most === 0 ? null : { remaining: left, limit: most }
}

function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null
}
