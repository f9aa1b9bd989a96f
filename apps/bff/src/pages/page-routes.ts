import { existsSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { browserCookies, type PageDrawer } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler, type Response } from "express"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { compressDocuments } from "#http/compress-answers.ts"
import { createDocumentWriter, type DocumentWriter } from "./document.ts"
import { createOwnReads } from "./own-reads.ts"

/** A page that takes longer is drawn by the browser, which shows its frame meanwhile. In milliseconds. */
const mostMs = 300

interface PageRoutesDeps {
  /** Where `vite build` put the web app. */
  directory: string
  /** Draws pages; null without a build. */
  drawer: Promise<PageDrawer | null>
  /** Middleware through which every request of a person goes. */
  signedIn: readonly RequestHandler[]
  /** The routes of people. */
  apiRouter: RequestHandler
  cookieName: string
  /** The page's time, and the one by which its limit counts. */
  clock: Pick<Clock, "now">
  machineClock: Clock
  isSimulated: boolean
}

/** Loads what draws pages; null when it was not built. */
export async function loadDrawer(file: string): Promise<PageDrawer | null> {
  return existsSync(file) ? ((await import(pathToFileURL(file).href)) as PageDrawer) : null
}

/**
 * Answers the address of a page with its first screen, drawn for the person whose session the request has. Where that can't be, the next
 * handler sends the frame, and the browser draws all of it: without a session, when a read fails or takes too long, and when it is large.
 */
export function createPageRoutes(deps: PageRoutesDeps): Router {
  const write = createDocumentWriter(deps.directory)
  const guard = Router()
  guard.use(...deps.signedIn)
  const router = Router()
  if (write === null) return router
  router.get("/{*page}", compressDocuments, async (request, response, next) => {
    const drawer = await deps.drawer
    const timeZone = toTimeZone(readCookie(request, browserCookies.timeZone))
    const isDrawn =
      drawer?.isDrawn(request.path) === true &&
      request.method === "GET" &&
      timeZone !== null &&
      readCookie(request, deps.cookieName) !== null &&
      request.accepts("html") !== false
    if (!isDrawn) {
      next()
      return
    }
    // Once it is too late, the next handler answers.
    const state = { isLate: false, isSent: false }
    const isSignedIn = () =>
      new Promise<boolean>((resolve) => guard(request, response, (e) => resolve(e === undefined)))
    const answer = async () => {
      if (!(await isSignedIn()) || state.isLate) return
      const page = await drawer.drawPage(toPageRequest(request, response, timeZone, deps))
      if (page === null || state.isLate) return
      send(response, write(page))
      state.isSent = true
    }
    await waitAtMost(deps.machineClock, mostMs, [answer()]).catch((error: unknown) => {
      request.log.error({ err: error }, "Could not draw a page; the browser draws it")
    })
    state.isLate = true
    if (!state.isSent) next()
  })
  return router
}

function toPageRequest(request: Request, response: Response, timeZone: string, deps: PageRoutesDeps) {
  const [, search = ""] = request.originalUrl.split(/\?(.*)/s)
  return {
    path: request.path,
    search,
    now: Math.floor(deps.clock.now()),
    isSimulated: deps.isSimulated,
    timeZone,
    isMac: /Mac|iPhone|iPad/.test(request.get("user-agent") ?? ""),
    lastProject: readCookie(request, browserCookies.lastProject),
    read: createOwnReads(deps.apiRouter, request, response),
  }
}

/** It is of one person and one moment: no cache may have it, not even the browser's own. */
function send(response: Response, { html, scriptHashes, styleHashes }: ReturnType<DocumentWriter>): void {
  const policy = String(response.getHeader("Content-Security-Policy"))
    .replace("script-src 'self'", `script-src 'self' ${scriptHashes.join(" ")}`)
    .replace("style-src 'self'", `style-src 'self' ${styleHashes.join(" ")}`)
  response.setHeader("Content-Security-Policy", policy)
  response.setHeader("Cache-Control", "no-store")
  response.vary("Cookie")
  response.type("html").end(html)
}

/** Returns the value of a cookie; null without one, or when it is no text in percent encoding. */
function readCookie({ headers: { cookie = "" } }: Request, name: string): string | null {
  const found = cookie.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`))
  try {
    return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1))
  } catch {
    return null
  }
}

/** Returns a time zone that this machine knows; null for any other text. */
function toTimeZone(name: string | null): string | null {
  if (name === null) return null
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).format(0) && name
  } catch {
    return null
  }
}
