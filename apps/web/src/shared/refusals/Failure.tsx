import { toProblemWords } from "#copy/problems.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Explains a failed call in its place and reads it out; nothing where nothing failed. */
export function Failure({
  error,
  isQuiet = false,
}: {
  error: unknown
  /** For a read that failed while the page loaded: it is not an answer to what the person just did. */
  isQuiet?: boolean
}) {
  return error != null && <ProblemNotice {...toProblemWords(error)} announce={!isQuiet} />
}
