import { constants } from "node:zlib"
import { routes } from "@peering-desk/shared-schemas"
import compression from "compression"
import type { RequestHandler } from "express"

/**
 * JSON of 600 kB to a twelfth in 3 ms of a thread that is not the event loop; higher levels take twice as long for a tenth less.
 * Answers below 1 kB stay as they are. docs/decisions/0035-one-round-trip-after-the-html.md says why compressing them gives nothing away.
 */
const compress = createCompression(3)

/** Compresses documents: they have to fit into the first packets of a connection, 14.6 kB, and take 5 ms of such a thread. */
export const compressDocuments = createCompression(5)

function createCompression(quality: number): RequestHandler {
  return compression({
    level: constants.Z_BEST_SPEED,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: quality } },
    filter: (request, response) =>
      response.getHeader("Content-Type") === "application/jsonl" || compression.filter(request, response),
  })
}

/** Compresses answers. An event stream passes by: each event must leave at once, and a stream would hold a compressor for hours. */
export const compressAnswers: RequestHandler = (request, response, next) => {
  if (request.baseUrl + request.path === routes.events.path) next()
  else compress(request, response, next)
}
