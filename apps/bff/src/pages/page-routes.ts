import { existsSync } from "node:fs"
import { pathToFileURL } from "node:url"
import { browserCookies, type PageDrawer } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler, type Response } from "express"
import { toAppError } from "#base/app-error.ts"
import { waitAtMost, type Clock } from "#base/clock.ts"
import { compressDocuments } from "#http/compress-answers.ts"
import { createDocumentWriter, type DocumentWriter } from "./document.ts"
import { createOwnReads } from "./own-reads.ts"

/** A page that takes longer is drawn by the browser, which shows its frame meanwhile. In milliseconds. */
const mostMs = 300
/** What a page can do without is left to the browser when it takes longer. In milliseconds. */
const optionalMs = 150

interface PageRoutesDeps {
  /** Where `vite build` put the web app. */
  directory: string
  /** Draws pages; null without a build. */
  drawer: Promise<PageDrawer | null>
  /** For people with a session: the middleware through which every request of theirs goes, and their routes. */
  signedIn: Chain
  /** For everybody else. */
  open: Chain
  /** The page's time, and the one by which its limit counts. */
  clock: Pick<Clock, "now">
  machineClock: Clock
  isSimulated: boolean
}

interface Chain {
  before: readonly RequestHandler[]
  apiRouter: RequestHandler
}

/** Loads what draws pages; null when it was not built. */
export async function loadDrawer(file: string): Promise<PageDrawer | null> {
  return existsSync(file) ? ((await import(pathToFileURL(file).href)) as PageDrawer) : null
}

/**
 * Answers the address of a page with its first screen, drawn for the person whose session the request has; for others the sign-in page.
 * Where that can't be, the next handler sends the frame, and the browser draws all of it: when a read fails or takes too long, and when it
 * is large.
 */
export function createPageRoutes(deps: PageRoutesDeps): Router {
  const { signedIn, open } = deps
  const write = createDocumentWriter(deps.directory)
  const router = Router()
  if (write === null) return router
  const passSignedIn = createGuard(signedIn.before)
  const passOpen = createGuard(open.before)
  router.get("/{*page}", compressDocuments, async (request, response, next) => {
    const drawer = await deps.drawer
    const timeZone = toTimeZone(readCookie(request, browserCookies.timeZone))
    const isDrawn =
      drawer?.isDrawn(request.path) === true &&
      request.method === "GET" &&
      timeZone !== null &&
      request.accepts("html") !== false
    if (!isDrawn) {
      next()
      return
    }
    // Once it is too late, the next handler answers.
    const state = { isLate: false, isSent: false }
    let cancel = () => {}
    const late = new Promise<void>((resolve) => {
      cancel = deps.machineClock.after(optionalMs, resolve)
    })
    const answer = async () => {
      // Nothing of a session may reach the page behind a share link.
      const refusal = request.path === handOffPath ? "not_signed_in" : await passSignedIn(request, response)
      if (refusal !== null && (refusal !== "not_signed_in" || (await passOpen(request, response)) !== null))
        return
      const { apiRouter } = refusal === null ? signedIn : open
      const page = await drawer.drawPage({
        ...toPageRequest(request, timeZone, deps),
        hasSession: refusal === null,
        late,
        read: createOwnReads(apiRouter, request, response),
      })
      if (page === null || state.isLate) return
      send(response, write(page))
      state.isSent = true
    }
    await waitAtMost(deps.machineClock, mostMs, [answer()]).catch((error: unknown) => {
      request.log.error({ err: error }, "Could not draw a page; the browser draws it")
    })
    state.isLate = true
    cancel()
    if (!state.isSent) next()
  })
  return router
}

/** The page whose address has a secret after its `#`. */
const handOffPath = "/hand-off"

/** Returns what leads a request through some middleware: null when it may pass, or the code of the refusal. */
function createGuard(before: readonly RequestHandler[]) {
  const guard = Router()
  guard.use(...before)
  return (request: Request, response: Response) =>
    new Promise<string | null>((resolve) =>
      guard(request, response, (error?: unknown) =>
        resolve(error === undefined ? null : toAppError(error, "internal_error").code),
      ),
    )
}

function toPageRequest(request: Request, timeZone: string, { clock, isSimulated }: PageRoutesDeps) {
  const [, search = ""] = request.originalUrl.split(/\?(.*)/s)
  return {
    path: request.path,
    search,
    now: Math.floor(clock.now()),
    isSimulated,
    timeZone,
    isMac: /Mac|iPhone|iPad/.test(request.get("user-agent") ?? ""),
    lastProject: readCookie(request, browserCookies.lastProject),
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

/** Returns a time zone that this machine knows, UTC for a browser that named none; null for any other text. */
function toTimeZone(name: string | null): string | null {
  if (name === null) return "UTC"
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).format(0) && name
  } catch {
    return null
  }
}
