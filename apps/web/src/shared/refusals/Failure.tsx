import { toFieldErrors } from "#api/request-error.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Explains a failed act in its place and reads it out; nothing where nothing failed. */
export function Failure({
  error,
  shownFields = [],
}: {
  error: unknown
  /** Fields of the form around, which show what is wrong with them. */
  shownFields?: readonly string[]
}) {
  const found = toFieldErrors(error)
  const isShown = shownFields.some((name) => found[name] !== undefined)
  return error != null && !isShown && <ProblemNotice {...toProblemWords(error)} announce />
}
