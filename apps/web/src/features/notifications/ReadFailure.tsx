import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Says why a list can't be read, with a way to read it again. */
export function ReadFailure({
  error,
  isFetching,
  onRetry,
}: {
  error: unknown
  isFetching: boolean
  onRetry: () => void
}) {
  return (
    <ProblemNotice
      {...toProblemWords(error)}
      actions={
        <Button aria-disabled={isFetching} onClick={() => !isFetching && onRetry()}>
          Try again
        </Button>
      }
    />
  )
}
