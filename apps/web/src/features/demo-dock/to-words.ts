import { RequestError } from "#api/request-error.ts"
import { toProblemWords } from "#copy/problems.ts"

/** Returns the one sentence about a failure that fits into the dock. */
export function toWords(error: unknown): string {
  if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error)
  const { title, detail } = toProblemWords(error)
  return detail ?? title
}
