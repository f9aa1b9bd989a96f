import type { QueryClient, QueryKey } from "@tanstack/react-query"
import { getTransport } from "#api/transport.ts"
import type { FirstRender } from "#ui/first-render.ts"

/** What a document that the server drew holds beside its HTML. */
export interface PageData {
  first: FirstRender
  /** The page's time is that of a demo. */
  isSimulated: boolean
  /** What was read. */
  queries: readonly (readonly [queryKey: QueryKey, answer: unknown])[]
  /** By which the server knows what the browser has: the address of a read, its mark, and the place of its answer in `queries`. */
  marks: readonly (readonly [url: string, etag: string, query: number])[]
}

/** Writes the data of a page as JSON in which no `<` occurs: none of it can end the element that holds it. */
export function writePageData(client: QueryClient, facts: Pick<PageData, "first" | "isSimulated">): string {
  const read = client.getQueryCache().findAll({ predicate: ({ state }) => state.status === "success" })
  const marks = [...getTransport().known].flatMap(([url, { etag, body }]): PageData["marks"] => {
    const query = read.findIndex(({ state }) => state.data === body)
    return query === -1 ? [] : [[url, etag, query]]
  })
  const queries = read.map(({ queryKey, state }) => [queryKey, state.data] as const)
  const data: PageData = { ...facts, queries, marks }
  return JSON.stringify(data).replaceAll("<", String.raw`\u003c`)
}

/** So long, what came with the document is not read again when a part shows it: some parts are taken over late. In milliseconds. */
const freshForMs = 10_000

/**
 * Puts the reads of a page into the query cache.
 * @param writtenAt when the data was written, by the browser's own clock, which may differ from the server's
 */
export function takePageData(client: QueryClient, { queries, marks }: PageData, writtenAt: number): void {
  const usual = client.getDefaultOptions()
  client.setDefaultOptions({
    ...usual,
    queries: {
      ...usual.queries,
      refetchOnMount: (query) =>
        query.state.isInvalidated ||
        query.state.dataUpdatedAt !== writtenAt ||
        Date.now() - writtenAt > freshForMs,
    },
  })
  for (const [queryKey, answer] of queries) client.setQueryData(queryKey, answer, { updatedAt: writtenAt })
  const { known } = getTransport()
  for (const [url, etag, query] of marks) known.set(url, { etag, body: queries[query]?.[1] })
}
