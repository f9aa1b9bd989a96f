import type { RouteMethod, RouteMethodName, RouteTable } from "@peering-desk/shared-schemas"
import { Router, type Request, type RequestHandler, type Response } from "express"
import { allowOnly } from "./allow-methods.ts"
import { listMethods, type AnyApiHandler } from "./api-handler.ts"
import { getApiSchema } from "./api-schema.ts"
import { refuseForeignReads } from "./forged-request.ts"
import { createJsonBodyReader } from "./json-body.ts"
import { JsonText } from "./json-text.ts"
import { parseBody, parseParams, parseQuery } from "./parse-request.ts"

interface ApiRouterOptions {
  /** Middleware that refuses callers without a right. */
  guard: (row: RouteMethod) => RequestHandler[]
  /** Middleware that reads the body of a method that takes one and sets no larger limit. */
  readBody: RequestHandler
  /** Middleware before everything else of a method. */
  before?: (row: RouteMethod) => RequestHandler[]
}

type HandlersByName = Readonly<Record<string, Readonly<Partial<Record<RouteMethodName, unknown>>>>>

/**
 * Mounts the routes of a table that have handlers: guard, body, parameters, handler, answer. Other methods of a path get 405.
 * Paths are matched in the order of the table.
 * @throws Error when a route has a handler too many or too few
 */
export function createApiRouter(
  table: RouteTable,
  handlers: HandlersByName,
  { guard, readBody, before = () => [] }: ApiRouterOptions,
): Router {
  const router = Router()
  for (const [name, route] of Object.entries(table)) {
    const own = handlers[name]
    if (own === undefined) continue
    const methods = listMethods(route)
    const at = router.route(route.path)
    for (const [verb, row] of methods) {
      const handler = own[verb]
      if (typeof handler !== "function") throw new Error(`No handler for ${verb} ${route.path}`)
      if (row.recorded === true) at.head(...guard(row), allowOnly("GET"))
      at[verb](
        ...before(row),
        ...guard(row),
        ...prepare(row, readBody),
        answerWith(row, handler as AnyApiHandler),
      )
    }
    at.all(allowOnly(...methods.flatMap(listAllowed)))
  }
  return router
}

/** Express answers HEAD by the handler of GET. */
function listAllowed([verb, row]: [RouteMethodName, RouteMethod]): string[] {
  return verb === "get" && row.recorded !== true ? ["GET", "HEAD"] : [verb.toUpperCase()]
}

function prepare(row: RouteMethod, readBody: RequestHandler): RequestHandler[] {
  return [
    ...(row.recorded === true ? [refuseForeignReads] : []),
    ...(row.body === undefined
      ? []
      : [row.bodyKb === undefined ? readBody : createJsonBodyReader(row.bodyKb)]),
  ]
}

function answerWith(row: RouteMethod, handler: AnyApiHandler): RequestHandler {
  return async (request: Request, response: Response) => {
    const params = parseParams(request)
    const query = row.query === undefined ? undefined : parseQuery(request, getApiSchema(row.query))
    const body =
      row.body === undefined
        ? undefined
        : parseBody(request, getApiSchema(row.body), ...(row.bodyGroups ?? []))
    response.status(row.status ?? 200)
    const answer = await handler({ request, response, params, query, body })
    if (row.text !== undefined) return
    if (row.answer === undefined && answer === undefined) response.end()
    else sendJson(response, answer)
  }
}

/** By answer: a handler gives the same object, such as a project's list, until something of it changes. */
const written = new WeakMap<object, { bytes: Buffer; etag: string }>()

/** Sends an answer as JSON. Its bytes and their hash are made once for each object. */
function sendJson(response: Response, answer: unknown): void {
  response.type("json")
  if (answer instanceof JsonText) {
    response.set("ETag", answer.toEtag()).send(answer.toBytes())
    return
  }
  if (typeof answer !== "object" || answer === null) {
    response.send(JSON.stringify(answer))
    return
  }
  const known = written.get(answer)
  // Express makes no other where there is one.
  if (known !== undefined) response.set("ETag", known.etag)
  const bytes = known?.bytes ?? Buffer.from(JSON.stringify(answer))
  response.send(bytes)
  if (known === undefined) written.set(answer, { bytes, etag: response.get("ETag") ?? "" })
}
