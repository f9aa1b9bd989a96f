import {
  dehydrate,
  hydrate,
  type DehydratedState,
  type QueryClient,
  type QueryKey,
} from "@tanstack/react-query"
import { getTransport } from "#api/transport.ts"
import type { FirstRender } from "#ui/first-render.ts"

/** What a document that the server drew holds beside its HTML. */
export interface PageData {
  first: FirstRender
  /** The page's time is that of a demo. */
  isSimulated: boolean
  state: DehydratedState
  /** By which the server knows what the browser has: the address of a read, its mark, and where its answer is. */
  marks: readonly (readonly [url: string, etag: string, queryKey: QueryKey])[]
}

/** Writes the data of a page as JSON in which no `<` occurs: none of it can end the element that holds it. */
export function writePageData(client: QueryClient, facts: Pick<PageData, "first" | "isSimulated">): string {
  const marks = [...getTransport().known].flatMap(([url, { etag, body }]): PageData["marks"] => {
    const query = client
      .getQueryCache()
      .getAll()
      .find(({ state }) => state.data === body)
    return query === undefined ? [] : [[url, etag, query.queryKey]]
  })
  const data: PageData = { ...facts, state: dehydrate(client), marks }
  return JSON.stringify(data).replaceAll("<", String.raw`\u003c`)
}

/** So long, what came with the document is not read again when a part shows it: some parts are taken over late. In milliseconds. */
const freshForMs = 10_000

/**
 * Puts the reads of a page into the query cache.
 * @param writtenAt when the data was written, by the browser's own clock, which may differ from the server's
 */
export function takePageData(client: QueryClient, { state, marks }: PageData, writtenAt: number): void {
  const queries = state.queries.map((query) => ({
    ...query,
    state: { ...query.state, dataUpdatedAt: writtenAt },
  }))
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
  hydrate(client, { ...state, queries })
  const { known } = getTransport()
  for (const [url, etag, queryKey] of marks) known.set(url, { etag, body: client.getQueryData(queryKey) })
}
