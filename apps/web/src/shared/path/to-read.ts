import { toPageTime } from "#ui/time/now.ts"

/** Returns what a query read with the time of its answer, ISO 8601; undefined before the first one. */
export function toRead<Value>(
  value: Value | undefined,
  answeredAt: number,
): { value: Value; at: string } | undefined {
  return value === undefined ? undefined : { value, at: new Date(toPageTime(answeredAt)).toISOString() }
}
