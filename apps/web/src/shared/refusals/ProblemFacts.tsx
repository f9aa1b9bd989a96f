import type { ProblemWords } from "#copy/problems.ts"
import { AtlasSays } from "#ui/AtlasSays.tsx"
import { ProblemDetails } from "#ui/ProblemDetails.tsx"

/** Shows Atlas's own words, and folded what support asks for. */
export function ProblemFacts({ words: { atlas, code, requestId } }: { words: ProblemWords }) {
  return (
    <>
      {atlas !== null && <AtlasSays {...atlas} />}
      <ProblemDetails code={code} requestId={requestId} />
    </>
  )
}
