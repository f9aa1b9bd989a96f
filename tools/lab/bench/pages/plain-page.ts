import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { brotliCompressSync, constants } from "node:zlib"
import { listen } from "@peering-desk/test-support/listen"
import type { Browser } from "@playwright/test"
import { signIn } from "#tools/lab/bench/browser.ts"

/** A page of ours that is measured. */
export interface BenchPage {
  name: string
  url: string
  /** The session of the person who opens it. */
  cookie: string
  /** Selects the first row of its content. */
  row: string
}

/** What a page of ours shows, and asks for when the browser draws all of it. */
export interface ShownPage {
  /** The content of `main` as plain HTML: the same words in elements without attributes, its first row with the id `row`. */
  html: string
  /** Its stylesheets in one. */
  css: string
  /** The paths of what it reads from the API. */
  reads: string[]
}

/** Opens a page in a browser that the server draws nothing for, since its time zone is not known yet. */
export async function readPage(browser: Browser, { url, cookie, row }: BenchPage): Promise<ShownPage> {
  const context = await browser.newContext({ viewport: phone })
  await signIn(context, url, cookie)
  const page = await context.newPage()
  const asked = new Set<string>()
  page.on("response", (response) => {
    const { pathname, search } = new URL(response.url())
    // The stub of Atlas refuses what it doesn't know.
    if (/^\/api\/(?!events)/.test(pathname) && response.ok()) asked.add(pathname + search)
  })
  await page.goto(url)
  await page.locator(row).first().waitFor()
  const reads = [...asked]
  await page.waitForTimeout(1_000)
  const html = await page.evaluate<string>(`(${writePlain})(${JSON.stringify(row)})`)
  const sheets = await page.evaluate<string[]>(
    `[...document.querySelectorAll("link[rel=stylesheet]")].map(({ href }) => href)`,
  )
  const texts = await Promise.all(sheets.map(async (sheet) => (await fetch(sheet)).text()))
  await context.close()
  return { html, css: texts.join("\n"), reads }
}

export const phone = { width: 412, height: 823 }

/** Runs in the page, so it is a text. */
const writePlain = `(row) => {
  const kept = /^(h\\d|p|[ou]l|li|dl|dt|dd|table|thead|tbody|tr|th|td|form|label|select|option|textarea|button|code)$/
  const first = document.querySelector(row)
  const write = (node) => {
    if (node.nodeType === 3) return node.data.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    if (node.nodeType !== 1 || node.localName === "svg" || !node.checkVisibility()) return ""
    const id = node === first ? ' id="row"' : ""
    if (node.localName === "input") return "<input" + id + ">"
    const inside = [...node.childNodes].map(write).join("")
    const isKept = kept.test(node.localName)
    if (inside === "" && !isKept) return ""
    const name = isKept ? node.localName : getComputedStyle(node).display.startsWith("inline") ? "span" : "div"
    return "<" + name + id + ">" + inside + "</" + name + ">"
  }
  return write(document.querySelector("main"))
}`

interface PlainPages {
  /** In the order of the pages. */
  urls: string[]
  close: () => Promise<void>
}

/** Serves pages as static files, each with one linked stylesheet and no script, compressed as ours are. */
export async function servePlainPages(pages: readonly ShownPage[]): Promise<PlainPages> {
  const files = new Map<string, { type: string; bytes: Buffer }>(
    pages.flatMap(({ html, css }, at) => {
      const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Plain</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/${at}.css"></head>`
      return [
        [`/${at}`, { type: "text/html", bytes: compress(`${head}<body>${html}</body></html>`, 5) }],
        [`/${at}.css`, { type: "text/css", bytes: compress(css, 11) }],
      ]
    }),
  )
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const file = files.get(request.url ?? "")
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { "content-type": file.type, "content-encoding": "br" }).end(file.bytes)
  }
  const { origin, close } = await listen(createServer(answer))
  return { urls: pages.map((_, at) => `${origin}/${at}`), close }
}

function compress(text: string, quality: number): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
}
