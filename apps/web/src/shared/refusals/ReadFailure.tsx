import type { ReactNode } from "react"
import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"
import { RefusalNotice } from "./RefusalNotice.tsx"

/** A read that failed: what TanStack Query returns for it. */
interface FailedRead {
  error: unknown
  isFetching: boolean
  refetch: () => unknown
}

/** Explains why something can't be read, with a way to read it again. */
export function ReadFailure({
  read: { error, isFetching, refetch },
  projectId = null,
}: {
  read: FailedRead
  /** Null for a read about all projects. */
  projectId?: string | null
}) {
  return (
    <RefusalNotice
      words={toProblemWords(error)}
      projectId={projectId}
      actions={
        <Button isBusy={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      }
    />
  )
}

/** Shows its content, or why there is none: the first read of it failed. */
export function ReadBoundary({
  read,
  children,
}: {
  read: FailedRead & { data: unknown }
  children: ReactNode
}) {
  return read.data === undefined && read.error !== null ? <ReadFailure read={read} /> : children
}
