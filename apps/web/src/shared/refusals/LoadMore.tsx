import type { UseInfiniteQueryResult } from "@tanstack/react-query"
import { useState } from "react"
import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"

/** A list that is read page after page: what TanStack Query returns for it. */
type ReadInPages = Pick<
  UseInfiniteQueryResult,
  "error" | "hasNextPage" | "isFetching" | "isFetchNextPageError" | "fetchNextPage" | "refetch"
>

/** Reads the next page of a list; nothing after the last one. What is shown stays when that fails. */
export function LoadMore({ read, words }: { read: ReadInPages; words: string }) {
  const { error, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = read
  const [isLoading, setLoading] = useState(false)

  async function load() {
    setLoading(true)
    // The next page would end what reads the shown ones again.
    if (isFetching) await refetch({ cancelRefetch: false })
    await fetchNextPage()
    setLoading(false)
  }

  return (
    hasNextPage && (
      <>
        {isFetchNextPageError && (
          <p role="alert" className="text-13">
            Can't load more: {toProblemWords(error).title}.
          </p>
        )}
        <Button size="small" isBusy={isLoading} onClick={() => void load()}>
          {isLoading ? "Loading…" : words}
        </Button>
      </>
    )
  )
}
