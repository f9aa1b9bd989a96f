import { AsyncLocalStorage } from "node:async_hooks"
import { Writable } from "node:stream"
import type { DrawnPage, PageDrawer, PageRequest } from "@peering-desk/shared-schemas"
import type { QueryClient } from "@tanstack/react-query"
import { StrictMode } from "react"
import { renderToPipeableStream } from "react-dom/server"
import { Router } from "wouter"
import { createLiveUpdates } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { RequestError } from "#api/request-error.ts"
import { setTransport, type Transport } from "#api/transport.ts"
import { App } from "#app/App.tsx"
import { writePageData } from "./page-data.ts"
import { isKnownPage, readPage } from "./page-reads.ts"
import { onDrawing, setFirstRender, type FirstRender } from "#ui/first-render.ts"
import { beginClockAt } from "#ui/time/now.ts"

/** Larger data takes longer to parse than to read by itself, and more than the first packets of an answer. */
const mostDataLength = 64 * 1024

interface Drawing {
  first: FirstRender
  transport: Transport
  title: string
  modules: Set<string>
}

/** Everything that is kept while one page is drawn, so that no page sees anything of another. */
const drawings = new AsyncLocalStorage<Drawing>()

/** Leads everything that differs from page to page to the one that is drawn. */
function lookIntoDrawing(): void {
  setFirstRender(() => drawings.getStore()?.first ?? null)
  setTransport(() => drawings.getStore()?.transport ?? null)
  onDrawing(
    (title) => {
      const drawing = drawings.getStore()
      if (drawing !== undefined) drawing.title = title
    },
    (module) => drawings.getStore()?.modules.add(module),
  )
}

/** Draws the first screen of a page for the person behind a request. */
export const drawPage: PageDrawer["drawPage"] = (request) => {
  lookIntoDrawing()
  beginClockAt(request.now)
  const { now, timeZone, isMac, lastProject } = request
  const drawing: Drawing = {
    first: { now, timeZone, isMac, lastProject },
    transport: toTransport(request),
    title: "Peering Desk",
    modules: new Set(),
  }
  return drawings.run(drawing, () => draw(request, drawing))
}

export const isDrawn: PageDrawer["isDrawn"] = isKnownPage

async function draw(request: PageRequest, drawing: Drawing): Promise<DrawnPage | null> {
  const client = createQueryClient()
  client.setDefaultOptions({
    // What was read for the page is not read again with it.
    queries: { ...client.getDefaultOptions().queries, retry: false, refetchOnMount: false },
  })
  try {
    const tried = await readPage(client, request)
    // An answer that comes while the page is drawn would be in the page and not in its data.
    await client.cancelQueries()
    const write = () => writePageData(client, { first: drawing.first, isSimulated: request.isSimulated })
    let data = write()
    if (data.length > mostDataLength) {
      // The browser reads what the page can do without.
      for (const queryKey of tried) client.removeQueries({ queryKey, exact: true })
      data = write()
    }
    if (data.length > mostDataLength) return null
    const html = await drawHtml(client, request)
    return { html, title: drawing.title, data, modules: [...drawing.modules] }
  } catch (error) {
    // The browser says what can't be read, and why.
    if (error instanceof RequestError) return null
    throw error
  } finally {
    client.clear()
  }
}

function toTransport({ hasSession, read }: PageRequest): Transport {
  return {
    hasSession,
    known: new Map(),
    async fetch(url) {
      const { status, etag, text } = await read(url)
      const headers = { get: (name: string) => (name === "etag" ? etag : null) }
      return { status, ok: status < 400, headers, text: () => Promise.resolve(text) }
    },
  }
}

/** A page that is drawn follows nothing. */
const noBrowser = {
  openEventSource: () => {
    throw new Error("A server opens no stream")
  },
  locks: null,
  openChannel: () => {
    throw new Error("A server opens no channel")
  },
}

/** Draws the application at an address. The first error fails all of it. */
async function drawHtml(client: QueryClient, { path, search }: PageRequest): Promise<string> {
  const parts: Buffer[] = []
  const sink = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part)
      done()
    },
  })
  await new Promise<void>((resolve, reject) => {
    sink.on("finish", resolve)
    const { pipe } = renderToPipeableStream(
      <StrictMode>
        <Router ssrPath={path} ssrSearch={search}>
          <App queryClient={client} live={createLiveUpdates(client, noBrowser)} />
        </Router>
      </StrictMode>,
      {
        // What comes whole needs no script that puts late parts into their place.
        progressiveChunkSize: Number.MAX_SAFE_INTEGER,
        onAllReady: () => pipe(sink),
        onError: reject,
      },
    )
  })
  return Buffer.concat(parts).toString()
}
