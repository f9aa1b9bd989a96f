import { toFieldErrors } from "#api/request-error.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Explains a failed call in its place and reads it out; nothing where nothing failed. */
export function Failure({
  error,
  isQuiet = false,
  shownFields = [],
}: {
  error: unknown
  /** For a read that failed while the page loaded: it is not an answer to what the person just did. */
  isQuiet?: boolean
  /** Fields of the form around, which show what is wrong with them. */
  shownFields?: readonly string[]
}) {
  const found = toFieldErrors(error)
  const isShown = shownFields.some((name) => found[name] !== undefined)
  return error != null && !isShown && <ProblemNotice {...toProblemWords(error)} announce={!isQuiet} />
}
