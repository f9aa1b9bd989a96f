import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#wording/problem-words.ts"

/** Why a container was not made, or why nobody knows whether it was. */
export function CreateProblem({ error }: { error: unknown }) {
  const words = toProblemWords(error)
  if (words.code !== "outcome_unknown" && words.code !== null) return <ProblemNotice {...words} announce />
  return (
    <Notice tone="you" announce title="Nobody knows yet whether Atlas made it">
      <p>
        The request was sent and its answer was lost; it was not sent again. The list below was read anew: if
        the container is in it, all is well. If not, look again in a minute before you ask once more.
      </p>
      {words.requestId !== null && (
        <p>
          Request id <code>{words.requestId}</code>
        </p>
      )}
    </Notice>
  )
}
