import { lazy, Suspense } from "react"
import type { RefusalProps } from "#forms/RefusalNotice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

// It would come with the first page. What tells that the server is gone can't be loaded from there.
const RefusalNotice = lazy(async () => ({
  default: (await import("#forms/RefusalNotice.tsx")).RefusalNotice,
}))

/** Why a list could not be read, explained where Atlas said why. */
export function Trouble(props: Pick<RefusalProps, "words" | "projectId" | "before" | "tone" | "actions">) {
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
