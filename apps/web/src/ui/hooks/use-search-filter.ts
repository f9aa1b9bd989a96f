import { readFilter, writeFilter, type FilterFields } from "@peering-desk/shared-schemas"
import { useCallback, useMemo } from "react"

/**
 * Keeps a filter in the address, without an entry in the history for each letter.
 * @param fields the same object each time
 * @param searchParams the router's
 */
export function useSearchFilter<Filter>(
  fields: FilterFields<Filter>,
  [search, setSearch]: readonly [
    URLSearchParams,
    (next: URLSearchParams, options: { replace: true }) => void,
  ],
) {
  const written = search.toString()
  const filter = useMemo(() => readFilter(fields, new URLSearchParams(written)), [fields, written])
  const setFilter = useCallback(
    (next: Filter) => setSearch(writeFilter(fields, next), { replace: true }),
    [fields, setSearch],
  )
  return [filter, setFilter] as const
}
