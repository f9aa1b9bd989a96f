import { constants, type BrotliOptions } from "node:zlib"
import { routes } from "@peering-desk/shared-schemas"
import compression from "compression"
import type { RequestHandler } from "express"

/**
 * JSON of 600 kB to a twelfth in 3 ms of a thread that is not the event loop; higher levels take twice as long for a tenth less.
 * Answers below 1 kB stay as they are. docs/decisions/0035-one-round-trip-after-the-html.md says why compressing them gives nothing away.
 */
const compress = createCompression(constants.Z_BEST_SPEED, { [constants.BROTLI_PARAM_QUALITY]: 3 })

/**
 * Compresses documents: they have to fit into the first packets of a connection, 14.6 kB, and take 1.5 ms of such a thread. With a larger
 * window, of which 100 kB use nothing, this quality takes up to three times as long.
 */
export const compressDocuments = createCompression(6, {
  [constants.BROTLI_PARAM_QUALITY]: 7,
  [constants.BROTLI_PARAM_LGWIN]: 17,
})

/** @param level of gzip, for a browser without brotli, which none has over plain HTTP */
function createCompression(level: number, params: BrotliOptions["params"]): RequestHandler {
  return compression({
    level,
    brotli: { params },
    filter: (request, response) =>
      response.getHeader("Content-Type") === "application/jsonl" || compression.filter(request, response),
  })
}

/** Compresses answers. An event stream passes by: each event must leave at once, and a stream would hold a compressor for hours. */
export const compressAnswers: RequestHandler = (request, response, next) => {
  if (request.baseUrl + request.path === routes.events.path) next()
  else compress(request, response, next)
}
