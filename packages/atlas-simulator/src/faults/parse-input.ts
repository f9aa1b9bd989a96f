import type { z } from "zod"

/** Parses input of the control API; throws RangeError naming each wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join(".") || "body"}: ${message}`,
  )
  throw new RangeError(problems.join("; "))
}
