import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"

/** A list that is read page after page: what TanStack Query returns for it. */
interface ReadInPages {
  error: unknown
  hasNextPage: boolean
  isFetching: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** Reads the next page of a list; nothing after the last one. What is shown stays when that fails. */
export function LoadMore({ read, words }: { read: ReadInPages; words: string }) {
  const { error, hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = read
  return (
    hasNextPage && (
      <>
        {isFetchNextPageError && (
          <p role="alert" className="text-13">
            Can't load more: {toProblemWords(error).title}.
          </p>
        )}
        <Button
          size="small"
          isBusy={isFetchingNextPage}
          onClick={() => {
            if (!isFetching) void fetchNextPage()
          }}
        >
          {isFetchingNextPage ? "Loading…" : words}
        </Button>
      </>
    )
  )
}
