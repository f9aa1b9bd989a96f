import { ServerResponse } from "node:http"
import type { PageRead } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler, Response } from "express"
import { hasUser, setUser, userOf } from "#sign-in/require-user.ts"

/** Headers of the page's request that are about its own answer, which the browser may have already. */
const ofPage = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "range", "if-range"]

/**
 * Reads from the API in this process, as the caller of a request that went through the chain of guards: each read goes through the
 * guards of its route.
 * @param apiRouter the routes that the caller may ask
 * @returns a read, which rejects with what the route throws
 */
export function createOwnReads(
  apiRouter: RequestHandler,
  request: Request,
  pageResponse: Response,
): (url: string) => Promise<PageRead> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !ofPage.includes(name)),
  )
  return (url) =>
    new Promise((resolve, reject) => {
      const own = { method: "GET", url, originalUrl: url, baseUrl: "", headers, params: {} }
      const read = Object.create(request, Object.getOwnPropertyDescriptors(own)) as Request
      if (hasUser(request)) setUser(read, userOf(request))
      // Without a socket; express adds its methods to it by the prototype.
      const response = new ServerResponse(read)
      Object.setPrototypeOf(response, Object.getPrototypeOf(pageResponse) as object)
      const end = (content?: unknown) => {
        const { statusCode: status } = response
        const etag = response.getHeader("ETag")
        const text = Buffer.isBuffer(content) || typeof content === "string" ? content.toString() : ""
        resolve({ status, etag: typeof etag === "string" ? etag : null, text })
        return response
      }
      Object.assign(response, { end })
      void apiRouter(read, response as Response, (error?: unknown) =>
        reject(error instanceof Error ? error : new Error(`No route answers ${url}`)),
      )
    })
}
