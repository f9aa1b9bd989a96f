import { existsSync } from "node:fs"
import { join } from "node:path"
import compression from "compression"
import { Router, static as serveStatic } from "express"
import { AppError } from "#base/app-error.ts"
import { answerNotFound } from "./problem-writer.ts"

/**
 * Serves the built SPA: hashed assets for ever, `index.html` fresh for every address that a page could have.
 * @param directory where `vite build` put it
 */
export function serveWebFiles(directory: string): Router {
  const index = join(directory, "index.html")
  const router = Router()
  router.use(compression())
  router.use(
    "/assets",
    serveStatic(join(directory, "assets"), {
      immutable: true,
      maxAge: "1y",
      index: false,
    }),
  )
  router.use("/assets", answerNotFound)
  router.use(serveStatic(directory, { index: false }))
  router.get("/{*page}", (request, response, next) => {
    if (/^\/api(\/|$)/.test(request.path) || !request.accepts("html")) {
      next()
      return
    }
    if (!existsSync(index))
      throw new AppError("not_found", { detail: "The web app is not built yet: run pnpm build." })
    response.setHeader("Cache-Control", "no-cache")
    response.sendFile(index)
  })
  return router
}
