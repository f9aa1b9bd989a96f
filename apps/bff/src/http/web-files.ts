import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Router, type RequestHandler } from "express"
import serveCompressed from "express-static-gzip"
import { AppError } from "#base/app-error.ts"
import { compressAnswers } from "./compress-answers.ts"
import { answerNotFound } from "./problem-writer.ts"

/**
 * Serves the built SPA: hashed assets for ever, as the build compressed them, and the HTML fresh for every address that a page could
 * have, where the server does not draw it.
 * @param directory where `vite build` put it
 */
export function serveWebFiles(directory: string): Router {
  const router = Router()
  if (existsSync(directory)) {
    const assets = { immutable: true, maxAge: "1y" }
    router.use("/assets", serveFiles(join(directory, "assets"), assets), answerNotFound)
    router.use(serveFiles(directory, {}))
  }
  const readIndex = createIndexReader(directory)
  router.get("/{*page}", compressAnswers, (request, response, next) => {
    if (/^\/api(\/|$)/.test(request.path) || !request.accepts("html")) {
      next()
      return
    }
    // The next answer at this address may be one person's; only this browser may keep it, and asks each time whether it is still good.
    response.setHeader("Cache-Control", "private, no-cache")
    response.vary("Cookie")
    response.type("html").send(readIndex())
  })
  return router
}

/**
 * Redirects a browser from a path such as `/%zz`, which no router can decode, to one that a page answers. Other clients get a 404. One
 * slash at the start keeps the redirect on this server.
 */
export const redirectMalformed: RequestHandler = (request, response, next) => {
  try {
    decodeURIComponent(request.path)
    next()
  } catch {
    if (request.method === "GET" && request.accepts(["json", "html"]) === "html")
      response.redirect(request.path.replace(/^[/\\]+/, "/").replaceAll("%", "%25"))
    else void answerNotFound(request, response, next)
  }
}

function serveFiles(directory: string, kept: { immutable?: boolean; maxAge?: string }): RequestHandler {
  return serveCompressed(directory, {
    enableBrotli: true,
    orderPreference: ["br", "gz"],
    index: false,
    serveStatic: kept,
  })
}

/** Returns the HTML of the build, which is read once: restart after another. */
function createIndexReader(directory: string): () => string {
  const index = join(directory, "index.html")
  if (!existsSync(index))
    return () => {
      throw new AppError("not_found", {
        detail: "The web app is not built yet: run pnpm build, then start the server again.",
      })
    }
  const html = readFileSync(index, "utf8")
  return () => html
}
