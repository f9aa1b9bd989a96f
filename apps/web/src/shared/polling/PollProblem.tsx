import { lazy, Suspense } from "react"
import type { RefusalProps } from "#shared/refusals/refusal-props.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

// It would come with the first page. What tells that the server is gone can't be loaded from there.
const RefusalNotice = lazy(async () => ({
  default: (await import("#shared/refusals/RefusalNotice.tsx")).RefusalNotice,
}))

/** Why a list could not be read, explained where Atlas said why. */
export function PollProblem(
  props: Pick<RefusalProps, "words" | "projectId" | "before" | "tone" | "actions">,
) {
  const { words, before = "" } = props
  const plain = <ProblemNotice {...words} {...props} title={before + words.title} />
  return words.atlas === null ? (
    plain
  ) : (
    <Suspense fallback={plain}>
      <RefusalNotice {...props} />
    </Suspense>
  )
}
