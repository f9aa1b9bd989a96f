import { listUnshown, toProblemWords } from "#copy/problems.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Explains a failed act in its place and reads it out; nothing where nothing failed, or where fields show all that is wrong. */
export function Failure({
  error,
  shownFields = [],
}: {
  error: unknown
  /** Fields of the form around, which show what is wrong with them. */
  shownFields?: readonly string[]
}) {
  if (error == null) return null
  const words = toProblemWords(error)
  const unshown = listUnshown(words.fields, (name) => shownFields.includes(name))
  if (unshown.length === 0 && Object.keys(words.fields).length > 0) return null
  const detail = [words.detail, ...unshown].filter(Boolean).join(" · ") || null
  return <ProblemNotice {...words} detail={detail} announce />
}
