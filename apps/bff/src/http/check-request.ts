import type { Request, RequestHandler, Response } from "express"

/** Makes a middleware of a check, whose error refuses the request. A check without a promise holds nothing up. */
export function checkRequest(
  check: (request: Request, response: Response) => void | Promise<void>,
): RequestHandler {
  return async (request, response, next) => {
    const checking = check(request, response)
    if (checking !== undefined) await checking
    next()
  }
}
