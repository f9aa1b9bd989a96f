import type { ProblemWords } from "#copy/problems.ts"
import { AtlasSays } from "#ui/AtlasSays.tsx"

/** Shows Atlas's own words and the request id of a failed call. */
export function ProblemFacts({ words: { atlas, requestId } }: { words: ProblemWords }) {
  return (
    <>
      {atlas !== null && <AtlasSays {...atlas} />}
      {requestId !== null && (
        <p>
          Request id <code>{requestId}</code>
        </p>
      )}
    </>
  )
}
