import { fileURLToPath } from "node:url"
import type { Router } from "express"
import express from "express"

const folder = fileURLToPath(new URL("page/", import.meta.url))

/** The files below `/simulator/` that the page loads. */
const files = ["console.css", "console.js", "api.js", "clock.js", "connections.js", "wording.js"]

const headers = {
  // No other page may frame it and trick a person into clicking a button here.
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-store",
}

/** Serves the page under `/simulator` on which a person plays the network's owner. */
export function createCloudConsole(): Router {
  const router = express.Router()
  const serve = (path: string, file: string) => {
    router.get(path, (_request, response, next) => {
      response.set(headers)
      response.sendFile(file, { root: folder, cacheControl: false }, (error) => {
        if (error) next(error)
      })
    })
  }
  serve("/", "index.html")
  for (const file of files) serve(`/${file}`, file)
  return router
}
