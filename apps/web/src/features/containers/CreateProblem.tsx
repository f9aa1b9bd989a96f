import type { NewContainer } from "@peering-desk/shared-schemas"
import { ProblemFacts } from "#shared/refusals/ProblemFacts.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Notice } from "#ui/Notice.tsx"
import { toProblemWords } from "#copy/problems.ts"

/** Explains why a container was not created, or that the outcome is unknown. */
export function CreateProblem({
  error,
  asked,
  ...rest
}: {
  error: unknown
  projectId: string
  asked: NewContainer
  findField: (name: string) => (() => void) | null
}) {
  const words = toProblemWords(error)
  if (words.code !== "outcome_unknown" && words.code !== null)
    return <RefusalNotice {...rest} words={words} about={{ container: asked }} announce />
  return (
    <Notice tone="you" announce title="No answer from Atlas">
      <p>
        The request was sent once and not repeated. The list of containers was refreshed: if the container is
        in it, it was created. If not, check again in a minute before you retry.
      </p>
      <ProblemFacts words={words} />
    </Notice>
  )
}
