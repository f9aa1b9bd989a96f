import type { Call } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import type { Json } from "./json.ts"

const defaultPageSize = 100
const maxPageSize = 500

/** Reads true or false from the query; throws INVALID_QUERY_PARAMETER for anything else. */
export function queryFlag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const value = query.get(name)
  if (value === null || value === "") return fallback
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === "true"
  throw new AtlasError("INVALID_QUERY_PARAMETER", [name])
}

function queryNumber(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const value = query.get(name)
  if (value === null) return fallback
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0
  if (number < 1 || number > max) throw new AtlasError("INVALID_QUERY_PARAMETER", [name])
  return number
}

/**
 * Writes the list body for the requested page (`pageNum` from 1, `itemsPerPage` up to 500). Links have the recorded
 * form: all defaults written out, then the filters that the endpoint takes.
 */
export function toPage<Item>(
  call: Call,
  items: readonly Item[],
  toJson: (item: Item) => Json,
  filters: Readonly<Record<string, string>> = {},
): Json {
  const pageNum = queryNumber(call.query, "pageNum", 1, 999_999_999)
  const size = queryNumber(call.query, "itemsPerPage", defaultPageSize, maxPageSize)
  const includeCount = queryFlag(call.query, "includeCount", true)
  const lastPage = Math.max(1, Math.ceil(items.length / size))
  const link = (rel: string, page: number) => {
    const query = new URLSearchParams({
      includeCount: String(includeCount),
      ...filters,
      pageNum: String(page),
      itemsPerPage: String(size),
    }).toString()
    return { href: `${call.baseUrl}${call.path}?${query}`, rel }
  }
  return {
    links: [
      ...(pageNum > 1 ? [link("previous", pageNum - 1)] : []),
      link("self", pageNum),
      ...(pageNum < lastPage ? [link("next", pageNum + 1)] : []),
    ],
    results: items.slice((pageNum - 1) * size, pageNum * size).map(toJson),
    ...(includeCount ? { totalCount: items.length } : {}),
  }
}
