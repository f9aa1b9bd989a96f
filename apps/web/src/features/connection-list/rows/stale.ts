import type { RowSource } from "@peering-desk/peering-rules"

/** Returns when everything was last read, ISO 8601, if none of the lists could be read since; null while one of them is fresh. */
export function getStaleSince(sources: readonly RowSource[] | undefined): string | null {
  const watches = sources?.flatMap((source) => source.watches) ?? []
  if (watches.length === 0 || watches.some(({ problem }) => problem === null)) return null
  const read = watches.map(({ checkedAt }) => checkedAt).filter((at) => at !== null)
  return read.toSorted()[0] ?? null
}
